import type { GameDay } from '../../../blocks/game-day.ts';

/** A Map Run without children. */
export const mapRunStartDenied: GameDay = {
  name: 'map-run-start-denied',
  title: 'the child may not start the children of its Map Runs',
  fix: 'allow states:StartExecution on its own state machine in the role of the child',
  steps: [
    { minute: 0, does: { kind: 'break', fault: 'map-run-start' } },
    { minute: 1, does: { kind: 'start', input: { drill: 'open-map-runs', mapRuns: 1, seconds: 1 } } },
    { minute: 5, does: { kind: 'fix', fault: 'map-run-start' } },
    { minute: 6, does: { kind: 'start', input: { drill: 'open-map-runs', mapRuns: 1, seconds: 1 } } },
  ],
  faultAt: 1,
  fixedAt: 5,
  minutes: 30,
  raises: [
    { alarm: { stage: 'child', signal: 'failed' }, fires: [1, 1], clears: [12, 12] },
    { alarm: { stage: 'parent', signal: 'failed' }, fires: [1, 1], clears: [12, 12] },
  ],
  because: 'start-denied',
};
