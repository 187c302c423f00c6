import { z } from 'zod';
import type { ResourceChange } from '../diff/resource-change.ts';
import { folded } from '../folded.ts';
import { type Place, pathPattern, place, placeOf } from '../place.ts';
import { valueChange, valuesOf } from '../value-change.ts';
import { type Allowance, allowanceFor, statedAllowance } from './allowances.ts';
import { dataOf } from './data-types.ts';

export const stop = z
  .strictObject({
    by: z
      .enum(['deletion', 'replacement', 'possible replacement'])
      .describe('`possible replacement`: CloudFormation decides by values that no template has.'),
    fate: z
      .enum(['deleted', 'left behind', 'kept as a snapshot'])
      .describe('The data of the old resource. `left behind`: it stays in the account, and nothing uses it any more.'),
    type: z.string().describe('Resource type of CloudFormation.'),
    holds: z.string().describe('The data, for example `objects`.'),
    name: z.string().describe('Physical name of the first, as far as it is known before the deployment.'),
    values: z.array(valueChange).describe('Values that cause a replacement.'),
    places: z.array(place).min(1),
    allow: z.array(z.string()).describe('Values of `allowances[].resource` that would allow it.'),
    allowance: statedAllowance.optional().describe('Allowance that holds; without it, the plan fails.'),
    ended: statedAllowance.optional().describe('Allowance whose last day has passed.'),
  })
  .describe('What holds data and is deleted or replaced.');

export type Stop = z.infer<typeof stop>;

const causes: Partial<Record<ResourceChange['consequence'], Stop['by']>> = {
  deleted: 'deletion',
  'left behind': 'deletion',
  replaced: 'replacement',
  'may be replaced': 'possible replacement',
};

/** A change that stops, with the data that it is about. */
export interface StoppingChange {
  readonly change: ResourceChange;
  readonly by: Stop['by'];
  readonly holds: string;
}

/** The changes that delete or replace what holds data. */
export const stoppingChanges = (changes: readonly ResourceChange[]): readonly StoppingChange[] =>
  changes.flatMap((change): readonly StoppingChange[] => {
    const by = causes[change.consequence];
    const data = dataOf(change.before?.type ?? change.type, change.before?.properties ?? {});
    return by && data ? [{ change, by, holds: data.holds }] : [];
  });

export interface StopProps {
  /** Those of the platform after the change. */
  readonly allowances: readonly Allowance[];
  readonly now: Date;
  /** Shape of a text, in which accounts and tenants are numbers. */
  readonly shape: (text: string) => string;
}

/** Stops of one shape and with the same allowance are one; those that are not allowed come first. */
export function stopsOf(changes: readonly StoppingChange[], { allowances, now, shape }: StopProps): readonly Stop[] {
  const judged = changes.map((each) => ({ ...each, given: allowanceFor(each.change.path, allowances, now) }));
  const text = ({ change, by, given }: (typeof judged)[number]): string =>
    JSON.stringify([
      by,
      fateOf(change),
      change.before?.type,
      change.path,
      change.values,
      given && [allowances.indexOf(given.allowance)],
    ]);
  const stops = folded(judged, shape, text).map(({ first: { change, by, holds, given }, all }): Stop => {
    const places = all.map((each) => placeOf(each.change));
    return {
      ...{ by, fate: fateOf(change), type: change.before?.type ?? change.type, holds, name: change.before?.name ?? '' },
      values: valuesOf(change.values.filter(({ replaces }) => replaces !== 'never')),
      places,
      allow: patternsOf(places),
      ...(given && (given.holds ? { allowance: given.allowance } : { ended: given.allowance })),
    };
  });
  return [...stops.filter(({ allowance }) => !allowance), ...stops.filter(({ allowance }) => allowance)];
}

function fateOf({ consequence, policy = '' }: ResourceChange): Stop['fate'] {
  if (consequence === 'left behind' || policy.startsWith('Retain')) return 'left behind';
  return policy === 'Snapshot' ? 'kept as a snapshot' : 'deleted';
}

/** One pattern for all places, or their paths where they have none. */
function patternsOf(places: readonly Place[]): string[] {
  const paths = [...new Set(places.map(({ path }) => path))];
  const pattern = pathPattern(paths);
  return pattern === undefined ? paths : [pattern];
}
