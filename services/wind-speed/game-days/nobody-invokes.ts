import type { GameAction, GameDay, GameStep } from '../../../blocks/game-day.ts';

type Probed = 'parent' | 'child';

const hangs = (probeOf: Probed): GameAction => ({
  kind: 'disturb',
  in: { probeOf },
  path: 'Probe/Function/Resource',
  with: { kind: 'invocation-add-delay', seconds: 100 },
});

const disabled = (probeOf: Probed): GameAction => ({
  kind: 'change',
  in: { probeOf },
  path: 'Probe/Schedule',
  properties: { State: 'DISABLED' },
  title: `the schedule of the probe is disabled in the account of the ${probeOf}`,
});

const both = (minute: number, does: (probeOf: Probed) => GameAction): readonly GameStep[] => [
  { minute, does: does('parent') },
  { minute, does: does('child') },
];

/** Errors and throttles end because nothing is invoked any more, in any account: an alarm must not wait for a better value. */
export const nobodyInvokes: GameDay = {
  name: 'nobody-invokes',
  title:
    'a probe fails and a run is throttled, and then nobody invokes anything: the schedules of both probes are disabled',
  fix: 'deploy the stacks of the probes again',
  // A round begins a minute before a quarter of an hour, and ends after it.
  opensAt: '00:04',
  steps: [
    {
      minute: 0,
      does: {
        kind: 'disturb',
        in: { probeOf: 'parent' },
        path: 'Probe/Function/Resource',
        with: { kind: 'invocation-error' },
      },
    },
    ...both(15, hangs),
    {
      minute: 23,
      does: {
        kind: 'set-quotas',
        account: 'child',
        quotas: { lambdaConcurrency: 1 },
        title: 'the account may run one function at a time',
      },
    },
    ...both(20, disabled),
    { minute: 24, does: { kind: 'start' } },
    { minute: 27, does: { kind: 'restore-quotas', account: 'child' } },
    ...both(80, (probeOf) => ({ kind: 'calm', in: { probeOf }, path: 'Probe/Function/Resource' })),
    ...both(80, (probeOf) => ({ kind: 'restore', in: { probeOf }, path: 'Probe/Schedule' })),
  ],
  faultAt: 0,
  minutes: 120,
  raises: [
    { alarm: { fleet: 'lambda-errors', of: 'parent' }, fires: [14, 14], clears: [39, 39] },
    { alarm: { fleet: 'lambda-throttles', of: 'child' }, fires: [25, 26], clears: [40, 41] },
    { alarm: { account: 'parent', signal: 'silent' }, fires: [39, 39], clears: [84, 84] },
    { alarm: { account: 'child', signal: 'silent' }, fires: [39, 39], clears: [84, 84] },
  ],
  because: 'lambda-throttled',
};
