import type { GameDay } from '../../../blocks/game-day.ts';
import { withTimeout } from '../../../blocks/game-day-changes.ts';

/** The parent ends first, and stops its child. */
export const parentTimedOut: GameDay = {
  name: 'parent-timed-out',
  title: 'the timeout of the parent is shorter than the run of its child',
  fix: 'raise the timeout of the parent above that of its child',
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
        in: { stage: 'parent' },
        path: 'Parent/Workflow/Resource',
        properties: withTimeout(120),
        title: 'an execution of the parent may take two minutes',
      },
    },
    { minute: 1, does: { kind: 'start' } },
  ],
  faultAt: 1,
  minutes: 30,
  raises: [
    { alarm: { stage: 'parent', signal: 'timed-out' }, fires: [3, 4], clears: [18, 19] },
    { alarm: { stage: 'child', signal: 'aborted' }, fires: [3, 4], clears: [18, 19] },
  ],
  because: 'timed-out',
};
