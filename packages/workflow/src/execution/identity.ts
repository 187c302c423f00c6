import { defined } from '@crosswind/aws/json';
import type { Json, JsonObject } from '@crosswind/aws/json';

/** Who an execution is: everything about it that its definition and its events do not say. */
export interface ExecutionIdentity {
  readonly executionArn: string;
  readonly name: string;
  readonly roleArn: string;
  /** For a child of a Map Run: the machine's ARN followed by `/` and the Map Run's label. */
  readonly stateMachineArn: string;
  readonly stateMachineName: string;
  /** Milliseconds since the epoch. */
  readonly startedAt: number;
  /** @default 0 */
  readonly redriveCount?: number;
  /** When it was last redriven, in milliseconds since the epoch. */
  readonly redrivenAt?: number;
}

/** Data of the running state in `$states.context`. */
export interface StateContext {
  readonly name: string;
  readonly enteredAt: number;
  /** Absent for states that cannot be retried. */
  readonly retryCount?: number;
  readonly mapItem?: JsonObject;
  /** Of a task that waits for it or for its job. */
  readonly taskToken?: string;
}

/** `$states.context`: https://docs.aws.amazon.com/step-functions/latest/dg/input-output-contextobject.html */
export function contextObject(identity: ExecutionIdentity, input: Json, state: StateContext): JsonObject {
  return defined({
    Execution: defined({
      Id: identity.executionArn,
      Input: input,
      Name: identity.name,
      RoleArn: identity.roleArn,
      StartTime: new Date(identity.startedAt).toISOString(),
      RedriveCount: identity.redriveCount ?? 0,
      RedriveTime: identity.redrivenAt === undefined ? undefined : new Date(identity.redrivenAt).toISOString(),
    }),
    StateMachine: { Id: identity.stateMachineArn, Name: identity.stateMachineName },
    State: defined({
      EnteredTime: new Date(state.enteredAt).toISOString(),
      Name: state.name,
      RetryCount: state.retryCount,
    }),
    Map: state.mapItem && { Item: state.mapItem },
    Task: state.taskToken === undefined ? undefined : { Token: state.taskToken },
  });
}

/** The parts of `arn:partition:states:region:account:…` that other ARNs of the same place are made of. */
export function placeOf(arn: string): {
  readonly partition: string;
  readonly region: string;
  readonly account: string;
} {
  const [, partition = 'aws', , region = '', account = ''] = arn.split(':');
  return { partition, region, account };
}
