import type { GameDay, GameStep } from '../../../blocks/game-day.ts';

/** A start takes five state transitions of the parent's account and four of the child's. */
const starts = (minute: number, times: number): GameStep => ({
  minute,
  does: { kind: 'start', input: { drill: 'healthy-parent', seconds: 1 }, times },
});

/** Half of the capacity is none of our business; exactly 80 % are. */
export const transitionsUsedExactly: GameDay = {
  name: 'transitions-used-exactly',
  title: 'runs take half of the state transitions of both accounts, and then exactly 80 % of them',
  fix: 'start the runs of tenants at different times, or ask for a larger refill rate',
  steps: [
    {
      minute: 0,
      does: {
        kind: 'set-quotas',
        account: 'parent',
        quotas: { stateTransitions: { size: 1000, refillPerSecond: 5 } },
        title: 'the account has five state transitions a second',
      },
    },
    {
      minute: 0,
      does: {
        kind: 'set-quotas',
        account: 'child',
        quotas: { stateTransitions: { size: 1000, refillPerSecond: 4 } },
        title: 'the account has four state transitions a second',
      },
    },
    ...[1, 2, 3, 4, 5, 6, 7].map((minute) => starts(minute, 30)),
    ...[11, 12, 13, 14, 15, 16].map((minute) => starts(minute, 48)),
  ],
  faultAt: 11,
  minutes: 50,
  raises: [
    { alarm: { account: 'parent', signal: 'transitions-used' }, fires: [5, 5], clears: [9, 9] },
    { alarm: { account: 'child', signal: 'transitions-used' }, fires: [5, 5], clears: [9, 9] },
  ],
  because: 'capacity-nearly-used',
};
