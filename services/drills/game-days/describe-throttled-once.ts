import type { GameDay, GameStep } from '../../../blocks/game-day.ts';

/** Two parents ask at the same time, and one of them has to ask again. */
export const describeThrottledOnce: GameDay = {
  name: 'describe-throttled-once',
  title: 'one DescribeExecution of each minute is throttled',
  fix: 'start the runs of tenants at different times',
  steps: [
    {
      minute: 0,
      does: {
        kind: 'set-quotas',
        account: 'child',
        quotas: { actions: { DescribeExecution: { size: 1, refillPerSecond: 1 } } },
        title: 'the account has one DescribeExecution a second',
      },
    },
    ...[1, 2, 3, 4, 5].map((minute): GameStep => ({
      minute,
      does: { kind: 'start', input: { drill: 'healthy-parent', seconds: 1 }, times: 2 },
    })),
  ],
  faultAt: 1,
  minutes: 30,
  raises: [{ alarm: { fleet: 'describe-throttled', of: 'child' }, fires: [3, 3], clears: [8, 8] }],
  because: 'describe-throttled',
};
