import type { GameDay } from '../../../blocks/game-day.ts';

/** The parents hear of the end of their children late. */
export const describeThrottled: GameDay = {
  name: 'describe-throttled',
  title: 'twenty parents poll their children, and the account allows one description a second',
  fix: 'start fewer at a time, or ask for a larger quota of DescribeExecution',
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
    { minute: 1, does: { kind: 'start', input: { drill: 'healthy-parent', seconds: 600 }, times: 20 } },
  ],
  faultAt: 1,
  minutes: 40,
  raises: [{ alarm: { fleet: 'describe-throttled', of: 'child' }, fires: [3, 3], clears: [15, 15] }],
  because: 'describe-throttled',
};
