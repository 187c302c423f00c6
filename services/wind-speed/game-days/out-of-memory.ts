import type { GameDay } from '../../../blocks/game-day.ts';

/** The function is killed in each attempt. */
export const outOfMemory: GameDay = {
  name: 'out-of-memory',
  title: 'the function that reads a batch uses all of its memory and is killed',
  fix: 'raise memoryMegabytes of the tenant, or lower its batchSize',
  steps: [
    {
      minute: 0,
      does: {
        kind: 'disturb',
        in: { stage: 'child' },
        path: 'Child/Analyze/Resource',
        with: { kind: 'out-of-memory' },
      },
    },
    { minute: 1, does: { kind: 'start' } },
    { minute: 5, does: { kind: 'calm', in: { stage: 'child' }, path: 'Child/Analyze/Resource' } },
    { minute: 6, does: { kind: 'start' } },
  ],
  faultAt: 1,
  fixedAt: 5,
  minutes: 30,
  raises: [
    { alarm: { stage: 'child', signal: 'failed' }, fires: [1, 2], clears: [12, 13] },
    { alarm: { stage: 'parent', signal: 'failed' }, fires: [1, 2], clears: [12, 13] },
  ],
  because: 'out-of-memory',
};
