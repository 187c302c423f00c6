import { z } from 'zod';
import { limits } from '@crosswind/aws/quotas';
import type { Measure } from '../../../policies/limits/measure.ts';
import { measuresOf } from '../../../policies/limits/measures.ts';
import { isByDesign, nearPercent } from '../../quotas/quota-use.ts';
import type { PlanSide } from '../plan-side.ts';

export const limitChange = z
  .strictObject({
    limit: z.string().describe('Name in packages/aws.'),
    what: z.string().describe('For example `actions of a pipeline`.'),
    holder: z.string().describe('The part of the platform that uses it.'),
    most: z.number(),
    unit: z.enum(['bytes', 'characters', 'items']),
    before: z.number().optional().describe('Use before; absent if the part is new.'),
    after: z.number(),
  })
  .describe('A limit of AWS that is used by 80 % or more, and by more than before.');

export type LimitChange = z.infer<typeof limitChange>;

const keyOf = ({ limit, holder, place }: Measure): string => `${limit} ${holder} ${place.property}`;

/** True for the length of a name, which does not grow: it fits, or rule LIMIT-1 refuses it. */
const isOfName = ({ limit }: Measure): boolean => limit.endsWith('Name');

/**
 * Uses of limits that have grown and are near the limit, the nearest first. A new part of the platform counts if it uses more
 * than every other part before.
 */
export function limitChanges(before: PlanSide, after: PlanSide): readonly LimitChange[] {
  const old = measuresIn(before);
  const used = new Map(old.map((measure) => [keyOf(measure), measure.used]));
  const highest = new Map<string, number>();
  for (const { limit, used: use } of old) highest.set(limit, Math.max(use, highest.get(limit) ?? 0));
  return measuresIn(after)
    .filter((measure) => !isOfName(measure))
    .filter(({ limit, used: now }) => {
      const { most } = limits[limit];
      return (100 * now) / most >= nearPercent && !isByDesign({ used: now, most });
    })
    .flatMap((measure): readonly LimitChange[] => {
      const was = used.get(keyOf(measure));
      if ((was ?? highest.get(measure.limit) ?? 0) >= measure.used) return [];
      const { what, most, unit } = limits[measure.limit];
      const { limit, holder } = measure;
      return [{ limit, what, holder, most, unit, ...(was !== undefined && { before: was }), after: measure.used }];
    })
    .sort((one, other) => other.after / other.most - one.after / one.most);
}

function measuresIn({ stacks, platform, artifactBytes }: PlanSide): readonly Measure[] {
  const accountNames = new Map<string, string>(platform.accounts.map(({ id, name }) => [id, name]));
  return measuresOf({ stacks, templates: stacks, accountNames, artifactBytes });
}
