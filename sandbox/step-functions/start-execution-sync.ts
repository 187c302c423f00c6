import { accountOf } from '../../aws/arn.ts';
import type { Decision } from '../../policies/iam/decision.ts';
import { denialMessage } from '../../policies/iam/denial-message.ts';
import type { AccessRequest } from '../../policies/iam/request.ts';
import type { Cloud } from '../cloud.ts';
import type { Timer } from '../simulation.ts';
import { defined, type Json, type JsonObject } from '../workflow/json.ts';
import type { Execution } from './execution.ts';
import type { Integration, RunningTask, TaskCall, TaskReport } from './integration.ts';

/**
 * `arn:aws:states:::states:startExecution.sync:2` in another account. Step Functions then only polls DescribeExecution, as
 * the target role (connect-to-resource); EventBridge is not used. When a poll is denied nothing happens: the parent waits
 * until its timeout ("the task gets stuck", service-integration-iam-templates). How often AWS polls is not documented.
 */
export const startExecutionSync: Integration = (cloud, call) => {
  const { StateMachineArn: target, Name: name, Input: input = {} } = call.arguments;
  const stateMachineArn = typeof target === 'string' ? target : '';
  call.report({ kind: 'task-started' });
  const { request, decision } = ask(cloud, call, 'states:StartExecution', stateMachineArn);
  if (!decision.allowed) {
    call.report(failure('AWSStepFunctionsException', denialMessage(request, decision), 'AccessDeniedException'));
    return undefined;
  }
  const started = cloud.executions.start({ stateMachineArn, name: typeof name === 'string' ? name : undefined, input });
  if (!started.ok) {
    call.report(failure(`${started.code}Exception`, started.message, started.code));
    return undefined;
  }
  const { arn, startedAt } = started.execution;
  call.report({ kind: 'task-submitted', output: { ExecutionArn: arn, StartDate: startedAt } });
  return new Polling(cloud, call, started.execution);
};

/** Watches an execution in another account until it has ended. */
class Polling implements RunningTask {
  readonly #cloud: Cloud;
  readonly #call: TaskCall;
  readonly #execution: Execution;
  #timer: Timer;

  constructor(cloud: Cloud, call: TaskCall, execution: Execution) {
    this.#cloud = cloud;
    this.#call = call;
    this.#execution = execution;
    this.#timer = this.#next();
  }

  /** Nobody waits any more: a best-effort StopExecution, whose denial nobody hears of. */
  cancel(): void {
    this.#timer.cancelled = true;
    const { decision } = ask(this.#cloud, this.#call, 'states:StopExecution', this.#execution.arn);
    if (decision.allowed) this.#cloud.executions.stop(this.#execution.arn);
  }

  #next(): Timer {
    const { simulation, pollIntervalSeconds } = this.#cloud;
    return simulation.at(simulation.now() + pollIntervalSeconds * 1_000, () => {
      this.#poll();
    });
  }

  #poll(): void {
    const { decision } = ask(this.#cloud, this.#call, 'states:DescribeExecution', this.#execution.arn);
    if (decision.allowed && this.#execution.outcome) this.#call.report(reportOf(this.#execution));
    else this.#timer = this.#next();
  }
}

function ask(
  { authorize }: Cloud,
  { principal, region }: TaskCall,
  action: string,
  resource: string,
): { readonly request: AccessRequest; readonly decision: Decision } {
  const context = { 'aws:RequestedRegion': region };
  const request = { principal, action, resource, resourceAccount: accountOf(resource), context };
  return { request, decision: authorize(request) };
}

const failure = (exception: string, message: string, code: string): TaskReport => ({
  kind: 'task-failed',
  error: `StepFunctions.${exception}`,
  cause: `${message} (Service: AWSStepFunctions; Status Code: 400; Error Code: ${code}; Request ID: simulated)`,
});

function reportOf(execution: Execution): TaskReport {
  const description = describe(execution);
  if (execution.outcome?.status === 'SUCCEEDED') return { kind: 'task-succeeded', output: description };
  return { kind: 'task-failed', error: 'States.TaskFailed', cause: JSON.stringify(description) };
}

/** What DescribeExecution says, `.sync:2` with input and output as JSON instead of text. */
function describe({ arn, name, machine, input, startedAt, stoppedAt, outcome }: Execution): JsonObject {
  const failed = outcome && outcome.status !== 'SUCCEEDED' ? outcome : undefined;
  const output: Json | undefined = outcome?.status === 'SUCCEEDED' ? outcome.output : undefined;
  return defined({
    Cause: failed?.cause,
    Error: failed?.error,
    ExecutionArn: arn,
    Input: input,
    InputDetails: { Included: true },
    Name: name,
    Output: output,
    OutputDetails: output === undefined ? undefined : { Included: true },
    StartDate: startedAt,
    StateMachineArn: machine.arn,
    Status: outcome?.status ?? 'RUNNING',
    StopDate: stoppedAt,
  });
}
