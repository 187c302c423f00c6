import type { GameDay } from '../../../blocks/game-day.ts';

/** Nobody can run the function, so its batches give up after minutes. */
export const functionSwitchedOff: GameDay = {
  name: 'function-switched-off',
  title: 'the reserved concurrency of the function that reads a batch is 0, so Lambda refuses each call',
  fix: 'take the reserved concurrency away, and run again',
  steps: [
    {
      minute: 0,
      does: {
        kind: 'change',
        in: { stage: 'child' },
        path: 'Child/Analyze/Resource',
        properties: { ReservedConcurrentExecutions: 0 },
        title: 'the function that reads a batch may not run',
      },
    },
    { minute: 1, does: { kind: 'start' } },
    { minute: 5, does: { kind: 'restore', in: { stage: 'child' }, path: 'Child/Analyze/Resource' } },
    { minute: 6, does: { kind: 'start' } },
  ],
  faultAt: 1,
  fixedAt: 5,
  minutes: 30,
  raises: [
    { alarm: { fleet: 'lambda-throttles', of: 'child' }, fires: [1, 2], clears: [2, 3] },
    { alarm: { stage: 'child', signal: 'failed' }, fires: [1, 2], clears: [12, 13] },
    { alarm: { stage: 'parent', signal: 'failed' }, fires: [1, 2], clears: [12, 13] },
  ],
  because: 'lambda-throttled',
};
