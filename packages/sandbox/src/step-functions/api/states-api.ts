import type { AwsJsonCall } from '../../aws-json/aws-json-service.ts';
import type { JsonObject } from '@crosswind/aws/json';
import type { Authorize } from '../../iam/authorizer.ts';
import type { Activities } from '../runtime/activities.ts';
import type { Throttling } from '../../quotas/throttling.ts';
import type { Executions } from '../runtime/executions.ts';
import type { StateMachines } from '../runtime/state-machines.ts';
import type { IntegrationTable } from '../integrations/integration-table.ts';
import type { TaskTokens } from '../runtime/task-tokens.ts';

/** Dependencies of Step Functions' operations. */
export interface StatesApi {
  readonly authorize: Authorize;
  readonly stateMachines: StateMachines;
  readonly executions: Executions;
  readonly activities: Activities;
  readonly taskTokens: TaskTokens;
  readonly throttling: Throttling;
  readonly integrations: IntegrationTable;
  /** Milliseconds since the epoch, in virtual time. */
  readonly now: () => number;
}

/** One operation of Step Functions: https://docs.aws.amazon.com/step-functions/latest/apireference/API_Operations.html */
export type StatesOperation = (api: StatesApi, call: AwsJsonCall) => JsonObject;

/** A time as the JSON protocol has it: seconds since the epoch, with a fraction. */
export const epochSeconds = (milliseconds: number): number => milliseconds / 1_000;
