import type { GameDay } from '../../../blocks/game-day.ts';

/** Polling is the backup of the event: nobody notices. The child ends between two polls, so it hears of that late. */
export const eventLost: GameDay = {
  name: 'event-lost',
  title: 'the event that a child has ended is lost, in the account of its parent',
  fix: 'nothing: the parent polls, and hears of the end a little later',
  steps: [
    { minute: 0, does: { kind: 'lose-events' } },
    {
      minute: 1,
      does: {
        kind: 'start',
        stage: 'child',
        workflow: 'nested',
        input: { drill: 'healthy-parent', seconds: 63, mapRuns: 1, countdown: 1, workers: 1 },
      },
    },
  ],
  faultAt: 1,
  minutes: 30,
  raises: [],
  because: 'event-lost',
};
