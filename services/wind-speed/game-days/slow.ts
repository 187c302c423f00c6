import type { GameDay } from '../../../blocks/game-day.ts';

/** The next larger input would end the function. */
export const slow: GameDay = {
  name: 'slow',
  title: 'the function that reads a batch takes 50 of its 60 seconds',
  fix: 'lower batchSize of the tenant, or raise its memoryMegabytes',
  steps: [
    {
      minute: 0,
      does: {
        kind: 'disturb',
        in: { stage: 'child' },
        path: 'Child/Analyze/Resource',
        with: { kind: 'invocation-add-delay', seconds: 50 },
      },
    },
    { minute: 1, does: { kind: 'start' } },
    { minute: 5, does: { kind: 'calm', in: { stage: 'child' }, path: 'Child/Analyze/Resource' } },
    { minute: 6, does: { kind: 'start' } },
  ],
  faultAt: 1,
  fixedAt: 5,
  minutes: 30,
  raises: [{ alarm: { stage: 'child', signal: 'analyze-slow' }, fires: [1, 2], clears: [2, 3] }],
  because: 'slow-function',
};
