import { type Json, listOf, objectOf, textOf } from '@crosswind/aws/json';
import { resourcesOfType } from '../rules/rule.ts';
import { type Measure, type Measured, type Use, countOf, measuresAt, sizeOf } from './measure.ts';

interface PipelineAction {
  readonly name: string;
  readonly configuration: readonly (readonly [key: string, value: string])[];
}

interface PipelineStage {
  readonly name: string;
  readonly actions: readonly PipelineAction[];
}

/** Stages and actions of every pipeline, and their names; and the size of what the pipeline deploys from. */
export const pipelineMeasures = ({ stacks, accountNames, artifactBytes }: Measured): readonly Measure[] =>
  resourcesOfType(stacks, 'AWS::CodePipeline::Pipeline').flatMap((at) => {
    const { Stages, Name } = at.resource.properties;
    const uses = [
      ...usesOf(listOf(Stages).map(stageOf)),
      sizeOf('pipelineName', textOf(Name), 'Properties.Name'),
      ...(artifactBytes === undefined
        ? []
        : [{ limit: 'inputArtifact' as const, used: artifactBytes, property: 'Properties.Stages' }]),
    ];
    return measuresAt(at, uses, accountNames);
  });

function stageOf(stage: Json): PipelineStage {
  const { Name, Actions } = objectOf(stage);
  return {
    name: textOf(Name),
    actions: listOf(Actions).map((action) => {
      const { Name: name, Configuration } = objectOf(action);
      const configuration = Object.entries(objectOf(Configuration)).map(
        ([key, value]) => [key, textOf(value)] as const,
      );
      return { name: textOf(name), configuration };
    }),
  };
}

function usesOf(stages: readonly PipelineStage[]): readonly Use[] {
  const actions = stages.flatMap((stage) => stage.actions.map(({ name }) => `action ${name} of stage ${stage.name}`));
  return [
    countOf(
      'pipelineStages',
      stages.map(({ name, actions: [first] }) => `stage ${name}, which begins with action ${first?.name ?? ''}`),
      'Properties.Stages',
    ),
    countOf('pipelineActions', actions, 'Properties.Stages'),
    ...stages.flatMap(({ name, actions: inStage }, index) => {
      const property = `Properties.Stages.${index}`;
      return [
        countOf(
          'stageActions',
          inStage.map((action) => `action ${action.name} of stage ${name}`),
          `${property}.Actions`,
        ),
        sizeOf('stageName', name, `${property}.Name`, () => `it is ${name}`),
        ...inStage.flatMap((action, place) => usesOfAction(action, `${property}.Actions.${place}`)),
      ];
    }),
  ];
}

const usesOfAction = ({ name, configuration }: PipelineAction, property: string): readonly Use[] => [
  sizeOf('actionName', name, `${property}.Name`, () => `it is ${name}`),
  ...configuration
    // The environment variables of a build have a limit of their own (CodePipeline: "Quotas").
    .filter(([key]) => key !== 'EnvironmentVariables')
    .map(([key, value]) =>
      sizeOf('actionConfiguration', value, `${property}.Configuration.${key}`, () => `it is ${key} of action ${name}`),
    ),
];
