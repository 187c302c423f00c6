import type { GameDay, GameStep } from '../../../blocks/game-day.ts';

/** One state transition too many, five minutes long. */
export const transitionThrottledOnce: GameDay = {
  name: 'transition-throttled-once',
  title: 'one state transition of each minute is throttled',
  fix: 'start fewer executions at a time, or ask for a larger bucket of state transitions',
  steps: [
    {
      minute: 0,
      does: {
        kind: 'set-quotas',
        account: 'parent',
        quotas: { stateTransitions: { size: 3, refillPerSecond: 1 } },
        title: 'the account has three state transitions at a time',
      },
    },
    ...[1, 2, 3, 4, 5].map((minute): GameStep => ({
      minute,
      does: { kind: 'start', input: { drill: 'healthy-parent', seconds: 10 } },
    })),
  ],
  faultAt: 1,
  minutes: 30,
  raises: [{ alarm: { fleet: 'transitions-throttled', of: 'parent' }, fires: [3, 3], clears: [8, 8] }],
  because: 'transition-throttling',
};
