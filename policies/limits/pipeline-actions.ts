import { type Json, listOf, objectOf, textOf } from '@crosswind/aws/json';
import { type Measured, accountText } from './measure.ts';

export interface PipelineStage {
  readonly name: string;
  readonly actions: readonly PipelineAction[];
}

export interface PipelineAction {
  readonly name: string;
  readonly stage: string;
  /** Account whose role acts; absent where the role of the pipeline does, as in builds. */
  readonly account?: string;
  readonly configuration: readonly (readonly [key: string, value: string])[];
  /** The action as it is in the template. */
  readonly declared: Json;
}

/** Stages of a pipeline (`AWS::CodePipeline::Pipeline`, property `Stages`). */
export const stagesOf = (stages: Json | undefined): readonly PipelineStage[] =>
  listOf(stages).map((stage) => {
    const { Name, Actions } = objectOf(stage);
    const name = textOf(Name);
    return { name, actions: listOf(Actions).map((action) => actionIn(name, action)) };
  });

function actionIn(stage: string, declared: Json): PipelineAction {
  const { Name, Configuration, RoleArn } = objectOf(declared);
  const configuration = Object.entries(objectOf(Configuration)).map(([key, value]) => [key, textOf(value)] as const);
  const [, account] = /:iam::(\d{12}):role\//.exec(textOf(RoleArn)) ?? [];
  return { name: textOf(Name), stage, configuration, declared, ...(account !== undefined && { account }) };
}

/**
 * Actions as they are counted against a limit: those of the pipeline itself first. They are there with any account, so
 * that the first one that does not fit belongs to an account.
 */
export const inCountingOrder = (actions: readonly PipelineAction[]): readonly PipelineAction[] => [
  ...actions.filter(({ account }) => account === undefined),
  ...actions.filter(({ account }) => account !== undefined),
];

/** An action with its stage and its account. */
export const actionText = ({ name, stage, account }: PipelineAction, names: Measured['accountNames']): string =>
  `action ${name} of stage ${stage}${account === undefined ? '' : ` in ${accountText(account, names)}`}`;
