import type { Stack } from '@crosswind/assembly/resolve';
import type { Comparison } from './comparison.ts';
import type { ResourceChange } from './diff/resource-change.ts';
import { withoutFollowing } from './follows.ts';
import { placeOf } from './place.ts';
import { planVersion, type TemplatePlan } from './schema/plan-schema.ts';
import { alarmChanges, isOfAlarm } from './sections/alarms.ts';
import { dashboardChanges, isOfDashboard } from './sections/dashboards.ts';
import { limitChanges } from './sections/limits.ts';
import { actionChanges } from './sections/pipeline.ts';
import { placementChanges } from './sections/placements.ts';
import { isOfPolicies, plannedAssets, plannedResources } from './sections/resources.ts';
import { changedWaivers } from './sections/waivers.ts';
import { stoppingChanges, stopsOf } from './stop/stops.ts';
import { unneededAllowances } from './stop/allowances.ts';

export interface TemplatePlanProps {
  readonly now: Date;
  /** Version in package.json of the clone. */
  readonly version: string;
}

/** The plan of two sides from their templates alone. Pure. */
export function planOf(
  comparison: Comparison,
  known: ReadonlySet<Stack>,
  { now, version }: TemplatePlanProps,
): TemplatePlan {
  const { before, after, changes, assets, movement, shape } = comparison;
  const { allowances } = after.platform;
  const stopping = stoppingChanges(changes);
  const stopped = new Set(stopping.map(({ change }) => change));
  const { own, following } = withoutFollowing(
    changes.filter((change) => !stopped.has(change) && !change.followsReplacement),
    movement,
  );
  const others = own.filter((change) => !isOfAlarm(change) && !isOfDashboard(change));
  const policies = others.filter(isOfPolicies);
  const followed = changes.filter((change) => change.followsReplacement && !stopped.has(change));
  return {
    version: planVersion,
    base: before.name,
    stops: [...stopsOf(stopping, { allowances, now, shape })],
    placements: [...placementChanges(comparison, known)],
    alarms: [...alarmChanges(own, shape)],
    dashboards: [...dashboardChanges(changes, movement, shape)],
    pipeline: [...actionChanges(changes, movement)],
    resources: [...plannedResources(without(others, policies), shape)],
    assets: plannedAssets(assets),
    policies: policies.map(placeOf),
    following: { placements: following.map(placeOf), replacements: followed.map(placeOf) },
    limits: [...limitChanges(before, after)],
    waivers: changedWaivers({ before: before.waivers, after: after.waivers, now, version }),
    unneededAllowances: [
      ...unneededAllowances(
        allowances,
        stopping.map(({ change }) => change.path),
      ),
    ],
  };
}

const without = (changes: readonly ResourceChange[], others: readonly ResourceChange[]): readonly ResourceChange[] => {
  const left = new Set(others);
  return changes.filter((change) => !left.has(change));
};
