import type { GameDay } from '../../../blocks/game-day.ts';

/** Everything is slow, and nothing fails. */
export const transitionThrottling: GameDay = {
  name: 'transition-throttling',
  title: 'loops in parallel use up the state transitions of the account',
  fix: 'let the loop do more in each round, or ask for a larger quota',
  steps: [
    {
      minute: 0,
      does: {
        kind: 'set-quotas',
        account: 'child',
        quotas: { stateTransitions: { size: 50, refillPerSecond: 20 } },
        title: 'the account has 20 state transitions a second',
      },
    },
    { minute: 1, does: { kind: 'start', input: { drill: 'transition-throttling', workers: 2, countdown: 600 } } },
  ],
  faultAt: 1,
  minutes: 50,
  raises: [
    { alarm: { fleet: 'transitions-throttled', of: 'child' }, fires: [3, 3], clears: [13, 13] },
    { alarm: { account: 'child', signal: 'transitions-used' }, fires: [5, 5], clears: [13, 13] },
  ],
  because: 'transition-throttling',
};
