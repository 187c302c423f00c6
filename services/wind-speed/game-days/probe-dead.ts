import type { GameDay } from '../../../blocks/game-day.ts';

/** Nobody looks for stuck parents, and nobody knows. */
export const probeDead: GameDay = {
  name: 'probe-dead',
  title: 'somebody has disabled the schedule of the probe',
  fix: 'enable the schedule: CloudFormation sees no change where somebody has disabled it by hand',
  steps: [
    {
      minute: 0,
      does: {
        kind: 'change',
        in: { probeOf: 'parent' },
        path: 'Probe/Schedule',
        properties: { State: 'DISABLED' },
        title: 'the schedule of the probe is disabled',
      },
    },
    { minute: 40, does: { kind: 'restore', in: { probeOf: 'parent' }, path: 'Probe/Schedule' } },
  ],
  faultAt: 0,
  fixedAt: 40,
  minutes: 75,
  raises: [{ alarm: { account: 'parent', signal: 'silent' }, fires: [18, 18], clears: [3, 3] }],
  because: 'probe-dead',
};
