import { z } from 'zod';
import { isOfPolicy, isPolicyType } from '../diff/policy-properties.ts';
import type { AssetChange, ResourceChange } from '../diff/resource-change.ts';
import { folded } from '../folded.ts';
import { place, placeOf } from '../place.ts';
import { valueChange, valuesOf } from '../value-change.ts';
import { isStages } from './pipeline.ts';

export const resourceChange = z
  .strictObject({
    consequence: z.enum(['created', 'deleted', 'left behind', 'replaced', 'may be replaced', 'changed']),
    type: z.string().describe('Resource type of CloudFormation.'),
    name: z.string().describe('Physical name of the first, as far as it is known before the deployment.'),
    values: z.array(valueChange).describe('Values that differ, those that replace the resource first.'),
    places: z.array(place).min(1),
  })
  .describe('Resources that change alike.');

export type PlannedResource = z.infer<typeof resourceChange>;

/** True for a change of nothing but policies. */
export const isOfPolicies = ({ type, values, consequence }: ResourceChange): boolean =>
  isPolicyType(type) ||
  (consequence === 'changed' && values.length > 0 && values.every(({ path }) => isOfPolicy(path)));

/** Properties with the definition of a state machine: the section about runs says what changes. */
export const isOfDefinition = (type: string, path: string): boolean =>
  type === 'AWS::StepFunctions::StateMachine' && path.startsWith('Definition');

const gravity: readonly ResourceChange['consequence'][] = [
  'deleted',
  'left behind',
  'replaced',
  'may be replaced',
  'changed',
  'created',
];

/** Changes of one shape as one, by gravity. What other sections say is left out: policies, definitions, stages. */
export function plannedResources(
  changes: readonly ResourceChange[],
  shape: (text: string) => string,
): readonly PlannedResource[] {
  const own = changes.flatMap((change): readonly ResourceChange[] => {
    const values = change.values.filter(
      ({ path }) => !isOfPolicy(path) && !isStages(path) && !isOfDefinition(change.type, path),
    );
    return change.consequence === 'changed' && values.length === 0 ? [] : [{ ...change, values }];
  });
  const text = ({ consequence, type, path, values }: ResourceChange): string =>
    JSON.stringify([consequence, type, path, values]);
  return folded(own, shape, text)
    .map(({ first: { consequence, type, before, after, values, logicalId }, all }) => ({
      ...{ consequence, type, name: (after ?? before)?.name ?? logicalId },
      ...{ values: valuesOf(values), places: all.map(placeOf) },
    }))
    .sort((one, other) => gravity.indexOf(one.consequence) - gravity.indexOf(other.consequence));
}

export const assetChanges = z
  .strictObject({
    functions: z.array(place).describe('Functions with other code.'),
    others: z.array(place).describe('Other resources with other files.'),
  })
  .describe('New content of assets. Their digests are no change.');

export type PlannedAssets = z.infer<typeof assetChanges>;

/** Functions with other code, and whatever else refers to files. */
export function plannedAssets(changes: readonly AssetChange[]): PlannedAssets {
  const isFunction = ({ type }: AssetChange): boolean => type === 'AWS::Lambda::Function';
  const published = changes.filter(
    ({ type }) => !['AWS::CodeBuild::Project', 'AWS::CodePipeline::Pipeline'].includes(type),
  );
  return {
    functions: published.filter(isFunction).map(placeOf),
    others: published.filter((change) => !isFunction(change)).map(placeOf),
  };
}
