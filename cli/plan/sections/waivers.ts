import { z } from 'zod';
import { isDue, type Waiver } from '../../../policies/waiver.ts';

export const planWaiver = z
  .strictObject({
    rule: z.string(),
    path: z.string(),
    reason: z.string(),
    owner: z.string(),
    until: z.string().optional().describe('Last day on which it holds.'),
    reviewAt: z.string().optional().describe('Version at which it is looked at again.'),
    place: z.string().optional().describe('Place in its file; absent for policies/waivers.ts.'),
  })
  .describe('A finding that is accepted.');

export const waiverChanges = z
  .strictObject({
    added: z.array(planWaiver),
    removed: z.array(planWaiver),
    due: z.array(planWaiver).describe('Waivers of the change that have to be looked at again.'),
    isBaseKnown: z.boolean().describe('False if the base has no checkout: nothing is added or removed then.'),
  })
  .describe('Waivers.');

export type PlanWaiver = z.infer<typeof planWaiver>;
export type WaiverChanges = z.infer<typeof waiverChanges>;

export interface WaiverProps {
  /** @default - not known */
  readonly before: readonly Waiver[] | undefined;
  /** @default - not known */
  readonly after: readonly Waiver[] | undefined;
  readonly now: Date;
  /** Version in package.json. */
  readonly version: string;
}

/** Waivers that come and go, and those that are due. One whose reason, owner or end changes is removed and added. */
export function changedWaivers({ before, after, now, version }: WaiverProps): WaiverChanges {
  const known = before && after;
  return {
    added: known ? missingIn(before, after) : [],
    removed: known ? missingIn(after, before) : [],
    due: (after ?? []).filter((waiver) => isDue(waiver, now, version)).map(planned),
    isBaseKnown: known !== undefined,
  };
}

/** Lines move, and a workload gets other tenants, so that neither is part of a waiver; its file is. */
const keyOf = ({ place = '', within: _, ...waiver }: Waiver): string =>
  JSON.stringify([place.replace(/(:\d+)+$/, ''), ...Object.entries(waiver).sort()]);

function missingIn(some: readonly Waiver[], all: readonly Waiver[]): PlanWaiver[] {
  const known = new Set(some.map(keyOf));
  return all.filter((waiver) => !known.has(keyOf(waiver))).map(planned);
}

const planned = ({ rule, path, reason, owner, until, reviewAt, place }: Waiver): PlanWaiver => ({
  ...{ rule, path, reason, owner },
  ...(until !== undefined && { until }),
  ...(reviewAt !== undefined && { reviewAt }),
  ...(place !== undefined && { place }),
});
