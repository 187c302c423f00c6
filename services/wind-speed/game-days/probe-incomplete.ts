import type { GameDay } from '../../../blocks/game-day.ts';
import { withDenied } from '../../../blocks/game-day-changes.ts';

/** The probe runs and does not see everything. */
export const probeIncomplete: GameDay = {
  name: 'probe-incomplete',
  title: 'the probe may not list executions, so it cannot say whether any is stuck',
  fix: 'allow states:ListExecutions in the role of the probe',
  steps: [
    {
      minute: 0,
      does: {
        kind: 'change',
        in: { probeOf: 'child' },
        path: 'Probe/Function/Role/DefaultPolicy',
        properties: withDenied('states:ListExecutions'),
        title: 'the probe may not list executions',
      },
    },
    { minute: 30, does: { kind: 'restore', in: { probeOf: 'child' }, path: 'Probe/Function/Role/DefaultPolicy' } },
  ],
  faultAt: 0,
  fixedAt: 30,
  minutes: 60,
  // One line for each tenant in the account.
  raises: [
    { alarm: { fleet: 'probe-incomplete', of: 'child', ofTenant: true }, fires: [14, 14], clears: [14, 14] },
    { alarm: { fleet: 'probe-incomplete', of: 'child' }, fires: [14, 14], clears: [14, 14] },
  ],
  because: 'probe-incomplete',
};
