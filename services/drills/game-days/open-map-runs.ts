import type { GameDay } from '../../../blocks/game-day.ts';

/** A thousand Map Runs are open, and forty more have started and do nothing. */
export const openMapRuns: GameDay = {
  name: 'open-map-runs',
  title: 'more Map Runs are started than an account may have open',
  fix: 'stop the executions that nobody needs: the backlog drains by itself',
  steps: [
    { minute: 0, does: { kind: 'start', input: { drill: 'open-map-runs', mapRuns: 40, seconds: 900 }, times: 26 } },
  ],
  faultAt: 0,
  minutes: 60,
  raises: [
    { alarm: { fleet: 'open-map-runs', of: 'child' }, fires: [3, 3], clears: [17, 17] },
    { alarm: { fleet: 'map-run-backlog', of: 'child' }, fires: [5, 5], clears: [19, 19] },
  ],
  because: 'map-run-backlog',
};
