import type { GameDay } from '../../../blocks/game-day.ts';

/** The parent may start its child and never hears of its end: the fault that this project is about. */
export const stuckParent: GameDay = {
  name: 'stuck-parent',
  title: 'the parent may not describe its child, so it waits for a child that has ended',
  fix: 'allow states:DescribeExecution in the target role of the child',
  steps: [
    { minute: 0, does: { kind: 'break', fault: 'describe-execution' } },
    { minute: 1, does: { kind: 'start' } },
    { minute: 31, does: { kind: 'fix', fault: 'describe-execution' } },
  ],
  faultAt: 1,
  fixedAt: 31,
  minutes: 60,
  raises: [{ alarm: { fleet: 'stuck-parents', of: 'parent', ofTenant: true }, fires: [18, 19], clears: [12, 13] }],
  because: 'stuck-parent',
};
