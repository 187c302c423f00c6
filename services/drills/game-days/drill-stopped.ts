import type { GameDay } from '../../../blocks/game-day.ts';

/** A person ends a drill that takes too long. */
export const drillStopped: GameDay = {
  name: 'drill-stopped',
  title: 'somebody stops a drill, and its child is stopped with it',
  fix: 'nothing: the drill is over',
  steps: [
    { minute: 0, does: { kind: 'start', input: { drill: 'healthy-parent', seconds: 600 } } },
    { minute: 3, does: { kind: 'stop', stage: 'parent' } },
  ],
  faultAt: 3,
  minutes: 30,
  raises: [
    { alarm: { stage: 'parent', signal: 'aborted' }, fires: [1, 1], clears: [16, 16] },
    { alarm: { stage: 'child', signal: 'aborted' }, fires: [1, 1], clears: [16, 16] },
  ],
  because: 'aborted',
};
