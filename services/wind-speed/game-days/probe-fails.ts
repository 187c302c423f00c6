import type { GameDay } from '../../../blocks/game-day.ts';

/** The probe is called, and sees nothing. */
export const probeFails: GameDay = {
  name: 'probe-fails',
  title: 'each invocation of the probe fails',
  fix: 'read its log, and deploy the stack of the probe again',
  steps: [
    {
      minute: 0,
      does: {
        kind: 'disturb',
        in: { probeOf: 'child' },
        path: 'Probe/Function/Resource',
        with: { kind: 'invocation-error' },
      },
    },
    { minute: 30, does: { kind: 'calm', in: { probeOf: 'child' }, path: 'Probe/Function/Resource' } },
  ],
  faultAt: 0,
  fixedAt: 30,
  minutes: 60,
  raises: [{ alarm: { fleet: 'lambda-errors', of: 'child' }, fires: [14, 14], clears: [5, 5] }],
  because: 'probe-dead',
};
