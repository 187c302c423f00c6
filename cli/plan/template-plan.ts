import { assetDigests } from './diff/assets.ts';
import type { ResourceChange } from './diff/resource-change.ts';
import { resourceChanges } from './diff/resource-changes.ts';
import { shapeWithout } from './diff/shape.ts';
import { stackPairs } from './diff/stack-pairs.ts';
import { withoutFollowing } from './follows.ts';
import { movementOf } from './movement.ts';
import { placeOf } from './place.ts';
import { namesByAccount, platformNames } from './platform-names.ts';
import type { PlanSide } from './plan-side.ts';
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

/** The plan of two sides from their assemblies alone: what is deployed, and what it means. Pure. */
export function planOf(before: PlanSide, after: PlanSide, { now, version }: TemplatePlanProps): TemplatePlan {
  const pairs = stackPairs(before.stacks, after.stacks);
  const platforms = [before.platform, after.platform];
  const movement = movementOf(before.platform, after.platform);
  const shape = shapeWithout(platforms.flatMap(platformNames));
  const { changes, assets } = resourceChanges(pairs.kept, {
    digests: assetDigests([...before.stacks, ...after.stacks]),
    namesIn: namesByAccount(platforms),
  });
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
    placements: [...placementChanges(before.platform, after.platform, pairs)],
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
