import type { GameAction, GameDay } from '../../../blocks/game-day.ts';

const opens = (mapRuns: number, times: number, seconds: number): GameAction => ({
  kind: 'start',
  input: { drill: 'open-map-runs', mapRuns, seconds },
  times,
});

/** The child by itself wants all numbers. */
const held = { drill: 'healthy-parent', seconds: 480, mapRuns: 1, countdown: 1, workers: 1 };

/** Half of what the alarm counts is none of its business, however many executions are open. */
export const openMapRunsExactly: GameDay = {
  name: 'open-map-runs-exactly',
  title:
    'an account has 480 open Map Runs and as many other executions, and then exactly 900 open Map Runs, which end together',
  fix: 'start fewer runs at a time: each of their Map Runs counts',
  steps: [
    { minute: 0, does: opens(40, 12, 900) },
    {
      minute: 0,
      does: { kind: 'start', stage: 'child', input: held, times: 430 },
    },
    { minute: 10, does: opens(40, 10, 300) },
    { minute: 10, does: opens(20, 1, 300) },
  ],
  faultAt: 10,
  minutes: 50,
  raises: [{ alarm: { fleet: 'open-map-runs', of: 'child' }, fires: [3, 3], clears: [9, 9] }],
  because: 'capacity-nearly-used',
};
