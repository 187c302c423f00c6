import type { EventBuses, StatusChange } from '../../events/event-buses.ts';
import type { Simulation, Timer } from '@crosswind/workflow/clock/simulation';
import { defined, type Json, type JsonObject } from '@crosswind/aws/json';
import type { Execution } from '../runtime/execution.ts';
import type { Integration, RunningTask, TaskCall, TaskReport } from '../../tasks/integration.ts';
import { ask, calledIn } from '../../tasks/ask.ts';
import { failure, startAnswer, startChild, type StartPorts } from './start-execution.ts';

export interface WaitPorts extends StartPorts {
  readonly simulation: Simulation;
  readonly events: EventBuses;
  /** Interval at which a workflow polls an execution in another account; AWS documents no number. */
  readonly pollIntervalSeconds: number;
}

/** How a task gives input and output of the other execution: `.sync` as text, `.sync:2` as JSON. */
type Shown = (data: Json) => Json;

/**
 * `arn:aws:states:::states:startExecution.sync`. In the same account Step Functions hears of the end by an event of
 * EventBridge, and polls DescribeExecution as well; in another account it only polls, as the target role
 * (connect-to-resource). When a poll is denied nothing happens: the parent waits until its timeout ("the task gets stuck",
 * service-integration-iam-templates). How often AWS polls is not documented.
 */
const startExecutionWaiting =
  (shown: Shown) =>
  (ports: WaitPorts): Integration =>
  (call) => {
    call.report({ kind: 'task-started' });
    const { StateMachineArn: target } = call.arguments;
    if (typeof target === 'string' && ports.stateMachines.get(target)?.type === 'EXPRESS') {
      call.report(cannotWait);
      return undefined;
    }
    const started = startChild(ports, call);
    if (!started.ok) {
      call.report(started.failure);
      return undefined;
    }
    call.report({ kind: 'task-submitted', output: startAnswer(started.execution) });
    return new Watch(ports, call, started.execution, shown);
  };

export const startExecutionSync = startExecutionWaiting((data) => JSON.stringify(data));
export const startExecutionSync2 = startExecutionWaiting((data) => data);

/** Express workflows are waited for with `aws-sdk:sfn:startSyncExecution` alone (connect-stepfunctions); the words are ours. */
const cannotWait = failure(
  'AWSStepFunctionsException',
  'This operation is not supported by this type of state machine',
  'StateMachineTypeNotSupported',
);

/** Watches an execution until it has ended. */
class Watch implements RunningTask {
  readonly #ports: WaitPorts;
  readonly #call: TaskCall;
  readonly #execution: Execution;
  readonly #shown: Shown;
  readonly #unsubscribe: () => void;
  #timer: Timer;

  constructor(ports: WaitPorts, call: TaskCall, execution: Execution, shown: Shown) {
    this.#ports = ports;
    this.#call = call;
    this.#execution = execution;
    this.#shown = shown;
    const isHere = call.execution.machine.account === execution.machine.account;
    this.#unsubscribe = isHere ? ports.events.onEnd(execution.arn, this.#hear) : () => undefined;
    this.#timer = this.#next();
  }

  /** Nobody waits any more: a best-effort StopExecution, whose denial nobody hears of. */
  cancel(): void {
    this.#stopWatching();
    const { decision } = ask(this.#ports.authorize, this.#call, 'states:StopExecution', this.#execution.arn);
    if (decision.allowed) this.#ports.executions.stop(this.#execution.arn);
  }

  /** An event that says it all needs no permission; one that was too large for its data makes Step Functions ask. */
  readonly #hear = ({ isComplete }: StatusChange): void => {
    if (this.#timer.cancelled) return;
    this.#timer.cancelled = true;
    if (isComplete) this.#finish();
    else this.#poll();
  };

  #next(): Timer {
    const { simulation, pollIntervalSeconds } = this.#ports;
    return simulation.at(simulation.now() + pollIntervalSeconds * 1_000, () => {
      this.#poll();
    });
  }

  #poll(): void {
    if (!this.#ports.throttling.admits(calledIn(this.#call), 'DescribeExecution')) {
      this.#timer = this.#next();
      return;
    }
    const { decision } = ask(this.#ports.authorize, this.#call, 'states:DescribeExecution', this.#execution.arn);
    if (decision.allowed && this.#execution.outcome) this.#finish();
    else this.#timer = this.#next();
  }

  #finish(): void {
    this.#stopWatching();
    this.#call.report(reportOf(this.#execution, this.#shown));
  }

  #stopWatching(): void {
    this.#timer.cancelled = true;
    this.#unsubscribe();
  }
}

function reportOf(execution: Execution, shown: Shown): TaskReport {
  const description = describe(execution, shown);
  if (execution.outcome?.status === 'SUCCEEDED') return { kind: 'task-succeeded', output: description };
  return { kind: 'task-failed', error: 'States.TaskFailed', cause: JSON.stringify(description) };
}

/** Answer of DescribeExecution. */
function describe({ arn, name, machine, input, startedAt, stoppedAt, outcome }: Execution, shown: Shown): JsonObject {
  const failed = outcome && outcome.status !== 'SUCCEEDED' ? outcome : undefined;
  const output: Json | undefined = outcome?.status === 'SUCCEEDED' ? shown(outcome.output) : undefined;
  return defined({
    Cause: failed?.cause,
    Error: failed?.error,
    ExecutionArn: arn,
    Input: shown(input),
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
