import type { GameDay } from '../../../blocks/game-day.ts';
import { greedy } from './greedy.ts';

const neighbor = (account: 'parent' | 'child', reserved: number): GameDay['steps'][number]['does'] => ({
  kind: 'neighbor',
  account,
  name: 'greedy',
  template: greedy(reserved),
  title: `another team deploys a function that reserves ${reserved}`,
});

/** Half of it is none of our business; nine tenths are. Nothing runs in it when the other team has gone. */
export const concurrencyReserved: GameDay = {
  name: 'concurrency-reserved',
  title: 'another team reserves half of the concurrency of both accounts, and then exactly nine tenths',
  fix: 'give the other team an account of its own',
  steps: [
    {
      minute: 0,
      does: {
        kind: 'set-quotas',
        account: 'child',
        quotas: { lambdaConcurrency: 1000 },
        title: 'the account may reserve concurrency',
      },
    },
    { minute: 0, does: neighbor('parent', 500) },
    { minute: 0, does: neighbor('child', 10) },
    { minute: 20, does: { kind: 'remove-neighbor', account: 'parent', name: 'greedy' } },
    { minute: 20, does: { kind: 'remove-neighbor', account: 'child', name: 'greedy' } },
    { minute: 25, does: neighbor('parent', 900) },
    { minute: 25, does: neighbor('child', 18) },
    { minute: 44, does: { kind: 'remove-neighbor', account: 'parent', name: 'greedy' } },
    { minute: 44, does: { kind: 'remove-neighbor', account: 'child', name: 'greedy' } },
  ],
  faultAt: 25,
  fixedAt: 44,
  minutes: 75,
  raises: [
    { alarm: { account: 'parent', signal: 'lambda-concurrency' }, fires: [10, 10], clears: [4, 4] },
    { alarm: { account: 'child', signal: 'lambda-concurrency' }, fires: [10, 10], clears: [4, 4] },
  ],
  because: 'capacity-nearly-used',
};
