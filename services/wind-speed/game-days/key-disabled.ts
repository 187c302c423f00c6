import type { GameDay } from '../../../blocks/game-day.ts';

/** Everything that the key encrypts is out of reach. */
export const keyDisabled: GameDay = {
  name: 'key-disabled',
  title: 'somebody has disabled the key that encrypts weather and results',
  fix: 'enable the key again, and run again',
  steps: [
    {
      minute: 0,
      does: {
        kind: 'change',
        in: { stage: 'child' },
        path: 'Weather/Key',
        properties: { Enabled: false },
        title: 'the key of the buckets is disabled',
      },
    },
    { minute: 1, does: { kind: 'start' } },
    { minute: 5, does: { kind: 'restore', in: { stage: 'child' }, path: 'Weather/Key' } },
    { minute: 6, does: { kind: 'start' } },
  ],
  faultAt: 1,
  fixedAt: 5,
  minutes: 30,
  raises: [
    { alarm: { stage: 'child', signal: 'failed' }, fires: [1, 2], clears: [12, 13] },
    { alarm: { stage: 'parent', signal: 'failed' }, fires: [1, 2], clears: [12, 13] },
  ],
  because: 'key-disabled',
};
