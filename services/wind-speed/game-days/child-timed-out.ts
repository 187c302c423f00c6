import type { GameDay } from '../../../blocks/game-day.ts';
import { withTimeout } from '../../../blocks/game-day-changes.ts';

/** The child ends without a result, and its parent hears of it. */
export const childTimedOut: GameDay = {
  name: 'child-timed-out',
  title: 'the timeout of the child is shorter than its run',
  fix: 'raise the timeout of the child above what a run needs',
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
    {
      minute: 0,
      does: {
        kind: 'change',
        in: { stage: 'child' },
        path: 'Child/Workflow/Resource',
        properties: withTimeout(120),
        title: 'an execution of the child may take two minutes',
      },
    },
    { minute: 1, does: { kind: 'start' } },
  ],
  faultAt: 1,
  minutes: 30,
  raises: [
    { alarm: { stage: 'child', signal: 'timed-out' }, fires: [3, 4], clears: [18, 19] },
    { alarm: { stage: 'parent', signal: 'failed' }, fires: [3, 4], clears: [18, 19] },
  ],
  because: 'timed-out',
};
