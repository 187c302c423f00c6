import type { GameDay } from '../../../blocks/game-day.ts';
import { weather } from './weather.ts';

/** One is enough for the ticket. */
export const lambdaThrottledOnce: GameDay = {
  name: 'lambda-throttled-once',
  title: 'a single invocation is throttled, and its retry succeeds',
  fix: 'ask for more concurrency of the account, or lower maxConcurrency of the tenant',
  steps: [
    {
      minute: 0,
      does: {
        kind: 'set-quotas',
        account: 'child',
        quotas: { lambdaConcurrency: 1 },
        title: 'the account may run one function at a time',
      },
    },
    { minute: 0, does: weather({ objects: 40 }) },
    { minute: 1, does: { kind: 'start', input: {} } },
  ],
  faultAt: 1,
  minutes: 30,
  raises: [{ alarm: { fleet: 'lambda-throttles', of: 'child' }, fires: [1, 2], clears: [6, 7] }],
  because: 'lambda-throttled',
};
