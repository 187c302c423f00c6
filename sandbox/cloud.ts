import type { Authorize } from './iam/authorizer.ts';
import type { Identities } from './iam/identities.ts';
import type { Sessions } from './iam/sessions.ts';
import type { FunctionService } from './lambda/function-service.ts';
import type { LogGroups } from './log-groups.ts';
import type { ObjectStorage } from './s3/object-storage.ts';
import type { Simulation } from './simulation.ts';
import type { Executions } from './step-functions/executions.ts';
import type { StateMachines } from './step-functions/state-machines.ts';

/** The simulated services of all accounts. */
export interface Cloud {
  readonly simulation: Simulation;
  readonly identities: Identities;
  readonly authorize: Authorize;
  readonly sessions: Sessions;
  readonly storage: ObjectStorage;
  readonly functions: FunctionService;
  readonly stateMachines: StateMachines;
  readonly executions: Executions;
  readonly logGroups: LogGroups;
  /** How often a workflow asks whether a workflow in another account has ended; AWS documents no number. */
  readonly pollIntervalSeconds: number;
}
