import type { GameDay } from '../../../blocks/game-day.ts';

/** A child without a parent: it works on, and nobody waits for it. */
export const stopMissing: GameDay = {
  name: 'stop-missing',
  title: 'somebody stops the parent, which may not stop its child, so the child works on',
  fix: 'allow states:StopExecution in the target role, and stop the child',
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
    { minute: 0, does: { kind: 'break', fault: 'stop-execution' } },
    { minute: 1, does: { kind: 'start' } },
    { minute: 3, does: { kind: 'stop', stage: 'parent' } },
    { minute: 20, does: { kind: 'fix', fault: 'stop-execution' } },
  ],
  faultAt: 3,
  minutes: 30,
  raises: [{ alarm: { stage: 'parent', signal: 'aborted' }, fires: [1, 2], clears: [16, 17] }],
  because: 'stop-missing',
};
