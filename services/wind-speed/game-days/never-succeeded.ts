import type { GameDay } from '../../../blocks/game-day.ts';
import { weather } from './weather.ts';

/** The child succeeds each day, and the parent does not. */
export const neverSucceeded: GameDay = {
  name: 'never-succeeded',
  title: 'the run of a day starts and its child succeeds, but the parent never hears of it and fails',
  fix: 'deploy the stack of the child again, which gives the target role its permission',
  steps: [
    { minute: 0, does: weather({ objects: 40 }) },
    { minute: 2100, does: { kind: 'break', fault: 'describe-execution' } },
    { minute: 2300, does: { kind: 'fix', fault: 'describe-execution' } },
  ],
  faultAt: 2128,
  minutes: 4400,
  raises: [
    { alarm: { fleet: 'stuck-parents', of: 'parent', ofTenant: true }, fires: [21, 21], clears: [86, 86] },
    { alarm: { fleet: 'old-executions', of: 'parent', ofTenant: true }, fires: [51, 51], clears: [86, 86] },
    { alarm: { stage: 'parent', signal: 'failed' }, fires: [76, 76], clears: [91, 91] },
    { alarm: { stage: 'parent', signal: 'late' }, fires: [720, 721], clears: [2160, 2160] },
  ],
  because: 'stuck-parent',
};
