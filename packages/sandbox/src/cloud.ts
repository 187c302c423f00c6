import type { CloudWatch } from './cloudwatch/cloudwatch.ts';
import type { CustomResources } from './cloudformation/custom-resources.ts';
import type { Authorize } from './iam/authorizer.ts';
import type { Identities } from './iam/identities.ts';
import type { Sessions } from './iam/sessions.ts';
import type { EventBuses } from './events/event-buses.ts';
import type { Functions } from './lambda/functions.ts';
import type { LogGroups } from './logs/log-groups.ts';
import type { Observability } from './oam/observability.ts';
import type { ObjectStorage } from './s3/object-storage.ts';
import type { QuotasOf } from './quotas/granted-quotas.ts';
import type { Throttling } from './quotas/throttling.ts';
import type { Simulation } from '@crosswind/workflow/clock/simulation';
import type { Topics } from './sns/topics.ts';
import type { Parameters } from './ssm/parameters.ts';
import type { Activities } from './step-functions/runtime/activities.ts';
import type { Executions } from './step-functions/runtime/executions.ts';
import type { MapRunSlots } from './step-functions/runtime/map-run-slots.ts';
import type { StateMachines } from './step-functions/runtime/state-machines.ts';
import type { TaskTokens } from './step-functions/runtime/task-tokens.ts';

/** The simulated services of all accounts. */
export interface Cloud {
  readonly simulation: Simulation;
  readonly identities: Identities;
  readonly authorize: Authorize;
  readonly sessions: Sessions;
  readonly storage: ObjectStorage;
  readonly functions: Functions;
  readonly stateMachines: StateMachines;
  readonly executions: Executions;
  readonly activities: Activities;
  readonly taskTokens: TaskTokens;
  readonly logGroups: LogGroups;
  readonly parameters: Parameters;
  readonly topics: Topics;
  readonly events: EventBuses;
  /** Queues by ARN. */
  readonly queues: Set<string>;
  /** Schedules by ARN, with the ARN of what each would start; time is virtual here, so none ever does. */
  readonly schedules: Map<string, string>;
  readonly observability: Observability;
  readonly cloudWatch: CloudWatch;
  readonly customResources: CustomResources;
  readonly quotasOf: QuotasOf;
  readonly throttling: Throttling;
  readonly mapRunSlots: MapRunSlots;
  /** How long a page of an item reader takes in virtual time, beside what reading it really takes. */
  readonly listingMilliseconds: number;
  /** How often a workflow asks whether a workflow in another account has ended; AWS documents no number. */
  readonly pollIntervalSeconds: number;
}
