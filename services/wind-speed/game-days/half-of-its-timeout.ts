import type { GameDay } from '../../../blocks/game-day.ts';

/** The oldest execution reaches half of its timeout of 90 minutes in the very minute of a round of the probe. */
export const halfOfItsTimeout: GameDay = {
  name: 'half-of-its-timeout',
  title: 'the target role may not describe executions, and a round of the probe meets the run at half of its timeout',
  fix: 'deploy the stack of the child again, which gives the target role its permission',
  steps: [
    { minute: 0, does: { kind: 'break', fault: 'describe-execution' } },
    { minute: 3, does: { kind: 'start' } },
    { minute: 61, does: { kind: 'fix', fault: 'describe-execution' } },
  ],
  faultAt: 3,
  fixedAt: 61,
  minutes: 100,
  raises: [
    { alarm: { fleet: 'stuck-parents', of: 'parent', ofTenant: true }, fires: [21, 21], clears: [13, 13] },
    { alarm: { fleet: 'old-executions', of: 'parent', ofTenant: true }, fires: [51, 51], clears: [13, 13] },
  ],
  because: 'stuck-parent',
};
