import type { GameDay } from '../../../blocks/game-day.ts';

/** A run waits for concurrency and succeeds, because it tries again. */
export const lambdaThrottled: GameDay = {
  name: 'lambda-throttled',
  title: 'the account may run one function at a time, so Lambda refuses batches and the run is slow',
  fix: 'ask for more concurrency, or lower maxConcurrency of the tenant',
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
    { minute: 1, does: { kind: 'start' } },
    { minute: 5, does: { kind: 'restore-quotas', account: 'child' } },
    { minute: 6, does: { kind: 'start' } },
  ],
  faultAt: 1,
  fixedAt: 5,
  minutes: 30,
  raises: [{ alarm: { fleet: 'lambda-throttles', of: 'child' }, fires: [1, 2], clears: [2, 3] }],
  because: 'lambda-throttled',
};
