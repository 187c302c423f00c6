import type { Simulation } from '@crosswind/workflow/clock/simulation';
import type { Sessions } from '../iam/sessions.ts';
import type { SandboxService } from '../service.ts';
import { sdkOffers } from '../tasks/sdk-call.ts';
import { sdkSts, stsFailure } from './sdk-sts.ts';
import { stsService } from './sts-service.ts';

export interface StsPorts {
  readonly sessions: Sessions;
  readonly simulation: Simulation;
}

/** STS: roles that are assumed, over HTTP in real time and from tasks in virtual time. */
export const sts = ({ sessions, simulation }: StsPorts): SandboxService => ({
  endpoint: stsService({ sessions, now: () => Date.now() }),
  integrations: sdkOffers(simulation, {
    name: 'sts',
    api: { sessions, now: () => simulation.now() },
    operations: sdkSts,
    failureOf: stsFailure,
  }),
});
