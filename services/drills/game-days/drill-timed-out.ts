import type { GameDay } from '../../../blocks/game-day.ts';
import { withTimeout } from '../../../blocks/game-day-changes.ts';

/** The parent ends before its child, and stops it. */
export const drillTimedOut: GameDay = {
  name: 'drill-timed-out',
  title: 'the timeout of the parent is shorter than the drill',
  fix: 'raise the timeout of the parent above that of its child',
  steps: [
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
    { minute: 1, does: { kind: 'start', input: { drill: 'healthy-parent', seconds: 600 } } },
  ],
  faultAt: 1,
  minutes: 30,
  raises: [
    { alarm: { stage: 'parent', signal: 'timed-out' }, fires: [3, 3], clears: [18, 18] },
    { alarm: { stage: 'child', signal: 'aborted' }, fires: [3, 3], clears: [18, 18] },
  ],
  because: 'timed-out',
};
