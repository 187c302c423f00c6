import type { GameDay } from '../../../blocks/game-day.ts';

/** Without the event and without its backup the parent waits until its timeout. */
export const eventLostWithoutPermission: GameDay = {
  name: 'event-lost-without-permission',
  title: 'the event that a child has ended is lost, and its parent may not describe it',
  fix: 'allow states:DescribeExecution in the role of the workflow that starts the child',
  steps: [
    { minute: 0, does: { kind: 'lose-events' } },
    { minute: 0, does: { kind: 'break', fault: 'nested-describe' } },
    {
      minute: 1,
      does: {
        kind: 'start',
        stage: 'child',
        workflow: 'nested',
        input: { drill: 'healthy-parent', seconds: 60, mapRuns: 1, countdown: 1, workers: 1 },
      },
    },
    { minute: 31, does: { kind: 'fix', fault: 'nested-describe' } },
  ],
  faultAt: 1,
  fixedAt: 31,
  minutes: 60,
  raises: [{ alarm: { fleet: 'stuck-parents', of: 'child' }, fires: [18, 18], clears: [13, 13] }],
  because: 'event-lost-without-permission',
};
