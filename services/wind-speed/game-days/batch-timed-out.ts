import type { GameDay } from '../../../blocks/game-day.ts';

/** The timeout of the function is as long as the duration at which the alarm fires. */
export const batchTimedOut: GameDay = {
  name: 'batch-timed-out',
  title: 'the function that reads a batch is ended by its timeout of 48 seconds',
  fix: 'deploy the stack of the child again, which gives the function its timeout, and lower batchSize of the tenant',
  steps: [
    {
      minute: 0,
      does: {
        kind: 'change',
        in: { stage: 'child' },
        path: 'Child/Analyze/Resource',
        properties: { Timeout: 48 },
        title: 'the function that reads a batch has a timeout of 48 seconds',
      },
    },
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
  ],
  faultAt: 1,
  minutes: 40,
  raises: [
    { alarm: { stage: 'child', signal: 'analyze-slow' }, fires: [1, 2], clears: [17, 18] },
    { alarm: { stage: 'child', signal: 'failed' }, fires: [3, 4], clears: [18, 19] },
    { alarm: { stage: 'parent', signal: 'failed' }, fires: [3, 4], clears: [18, 19] },
  ],
  because: 'function-timeout',
};
