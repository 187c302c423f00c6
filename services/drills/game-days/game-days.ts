import type { GameDay } from '../../../blocks/game-day.ts';
import { describeThrottled } from './describe-throttled.ts';
import { drillStopped } from './drill-stopped.ts';
import { drillTimedOut } from './drill-timed-out.ts';
import { eventLost } from './event-lost.ts';
import { eventLostWithoutPermission } from './event-lost-without-permission.ts';
import { edgeGames } from './edge-games.ts';
import { healthyParent } from './healthy-parent.ts';
import { mapRunBacklog } from './map-run-backlog.ts';
import { mapRunStartDenied } from './map-run-start-denied.ts';
import { openMapRuns } from './open-map-runs.ts';
import { transitionThrottling } from './transition-throttling.ts';
import { transitionsUsed } from './transitions-used.ts';

/** The game days of this workload. */
export const gameDays: readonly GameDay[] = [
  healthyParent,
  eventLost,
  eventLostWithoutPermission,
  openMapRuns,
  mapRunBacklog,
  transitionThrottling,
  transitionsUsed,
  describeThrottled,
  mapRunStartDenied,
  drillStopped,
  drillTimedOut,
  ...edgeGames,
];
