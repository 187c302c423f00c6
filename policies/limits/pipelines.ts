import { textOf } from '@crosswind/aws/json';
import { resourcesOfType } from '../rules/rule.ts';
import { type Measure, type Measured, type Use, countOf, measuresAt, sizeOf } from './measure.ts';
import { actionText, inCountingOrder, type PipelineAction, type PipelineStage, stagesOf } from './pipeline-actions.ts';

/** Stages and actions of every pipeline, and their names; and the size of what the pipeline deploys from. */
export const pipelineMeasures = ({ stacks, accountNames, artifactBytes }: Measured): readonly Measure[] =>
  resourcesOfType(stacks, 'AWS::CodePipeline::Pipeline').flatMap((at) => {
    const { Stages, Name } = at.resource.properties;
    const uses = [
      ...usesOf(stagesOf(Stages), accountNames),
      sizeOf('pipelineName', textOf(Name), 'Properties.Name'),
      ...(artifactBytes === undefined
        ? []
        : [{ limit: 'inputArtifact' as const, used: artifactBytes, property: 'Properties.Stages' }]),
    ];
    return measuresAt(at, uses, accountNames);
  });

function usesOf(stages: readonly PipelineStage[], names: Measured['accountNames']): readonly Use[] {
  const texts = (actions: readonly PipelineAction[]): readonly string[] =>
    actions.map((action) => actionText(action, names));
  return [
    countOf(
      'pipelineStages',
      stages.map(({ name, actions: [first] }) => `stage ${name}, which begins with action ${first?.name ?? ''}`),
      'Properties.Stages',
    ),
    countOf('pipelineActions', texts(inCountingOrder(stages.flatMap(({ actions }) => actions))), 'Properties.Stages'),
    ...stages.flatMap(({ name, actions }, index) => {
      const property = `Properties.Stages.${index}`;
      return [
        countOf('stageActions', texts(inCountingOrder(actions)), `${property}.Actions`),
        sizeOf('stageName', name, `${property}.Name`, () => `it is ${name}`),
        ...actions.flatMap((action, place) => usesOfAction(action, `${property}.Actions.${place}`)),
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
