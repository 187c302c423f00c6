import type { GameDay } from '../../../blocks/game-day.ts';
import { greedy } from './greedy.ts';

/** Another team is in the account, and takes most of it. */
export const neighborTakesConcurrency: GameDay = {
  name: 'neighbor-takes-concurrency',
  title: 'another team reserves nine tenths of the concurrency of the account for its function',
  fix: 'give the other team an account of its own',
  steps: [
    {
      minute: 0,
      does: {
        kind: 'neighbor',
        account: 'parent',
        name: 'greedy',
        // What is left of 1,000 after the 100 that nobody may reserve.
        template: greedy(900),
        title: 'another team deploys a function that reserves 900 of 1,000',
      },
    },
    { minute: 30, does: { kind: 'remove-neighbor', account: 'parent', name: 'greedy' } },
  ],
  faultAt: 0,
  fixedAt: 30,
  minutes: 60,
  raises: [{ alarm: { account: 'parent', signal: 'lambda-concurrency' }, fires: [10, 10], clears: [4, 4] }],
  because: 'capacity-nearly-used',
};
