import type { GameDay } from '../../../blocks/game-day.ts';

/** The stuck parent when nobody answers the page. */
export const stuckParentToItsEnd: GameDay = {
  name: 'stuck-parent-to-its-end',
  title: 'the parent waits for a child that has ended, until its state has waited for 75 minutes',
  fix: 'allow states:DescribeExecution in the target role of the child',
  steps: [
    { minute: 0, does: { kind: 'break', fault: 'describe-execution' } },
    { minute: 1, does: { kind: 'start' } },
  ],
  faultAt: 1,
  minutes: 110,
  raises: [
    { alarm: { fleet: 'stuck-parents', of: 'parent', ofTenant: true }, fires: [18, 19], clears: [88, 89] },
    { alarm: { fleet: 'old-executions', of: 'parent', ofTenant: true }, fires: [53, 54], clears: [88, 89] },
    { alarm: { stage: 'parent', signal: 'failed' }, fires: [76, 77], clears: [91, 92] },
  ],
  because: 'stuck-parent',
};
