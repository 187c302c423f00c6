import type { GameDay } from '../../../blocks/game-day.ts';

/** The parent takes its child with it. */
export const runStopped: GameDay = {
  name: 'run-stopped',
  title: 'somebody stops the parent, which stops its child',
  fix: 'start the parent again',
  steps: [
    {
      minute: 0,
      does: {
        kind: 'disturb',
        in: { stage: 'child' },
        path: 'Child/Consolidate/Resource',
        with: { kind: 'invocation-add-delay', seconds: 200 },
      },
    },
    { minute: 1, does: { kind: 'start' } },
    { minute: 3, does: { kind: 'stop', stage: 'parent' } },
  ],
  faultAt: 3,
  minutes: 30,
  raises: [
    { alarm: { stage: 'parent', signal: 'aborted' }, fires: [1, 2], clears: [16, 17] },
    { alarm: { stage: 'child', signal: 'aborted' }, fires: [1, 2], clears: [16, 17] },
  ],
  because: 'aborted',
};
