import type { GameDay } from '../../../blocks/game-day.ts';

/** A person stops the child, and its parent hears of it. */
export const childKilled: GameDay = {
  name: 'child-killed',
  title: 'somebody stops the child while its parent waits for it',
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
    { minute: 3, does: { kind: 'stop', stage: 'child' } },
  ],
  faultAt: 3,
  minutes: 30,
  raises: [
    { alarm: { stage: 'child', signal: 'aborted' }, fires: [1, 2], clears: [16, 17] },
    { alarm: { stage: 'parent', signal: 'failed' }, fires: [1, 2], clears: [16, 17] },
  ],
  because: 'child-killed',
};
