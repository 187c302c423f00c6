import type { Cloud } from '../../cloud.ts';
import type { CallMeter } from '../../cloudwatch/call-meter.ts';
import type { AssumedRole } from '../../iam/sessions.ts';
import type { Timer } from '@crosswind/workflow/clock/simulation';
import type { Reserve } from '@crosswind/workflow/execution/reserve';
import type { Machine } from '@crosswind/workflow/definition/definition';
import { newExecution, step } from '@crosswind/workflow/execution/execution';
import type { JsonObject } from '@crosswind/aws/json';
import { isObject } from '@crosswind/aws/json';
import { MAX_MAP_RUN_REDRIVES } from '@crosswind/workflow/limits';
import { labelledMachineArn } from '@crosswind/workflow/map-run/children';
import type { MapRunOutcome } from '@crosswind/workflow/map-run/protocol';
import {
  type Effect,
  type ExecutionEvent,
  isRetry,
  type TaskId,
  type TimerId,
} from '@crosswind/workflow/execution/protocol';
import type { ExecutionState } from '@crosswind/workflow/execution/turn';
import type { Execution } from './execution.ts';
import type { RunningTask, TaskReport } from '../../tasks/integration.ts';
import { integrationFor } from '../integrations/integration-table.ts';
import type { MapRunChanges } from './map-run.ts';
import { MapRunRuntime, type NewChild } from './map-run-runtime.ts';

type EventWithoutTime = ExecutionEvent extends infer Event
  ? Event extends unknown
    ? Omit<Event, 'at'>
    : never
  : never;

/** What StopExecution says of why. */
export interface Reason {
  readonly error?: string;
  readonly cause?: string;
}

/** Lets the pure engine run one execution: tells it what happened, and does what it asks for. */
export class ExecutionRuntime {
  readonly execution: Execution;
  readonly #cloud: Cloud;
  readonly #calls: CallMeter;
  readonly #onEnd: () => void;
  readonly #timers = new Map<TimerId, Timer>();
  readonly #tasks = new Map<TaskId, RunningTask>();
  readonly #mapRuns = new Map<TaskId, MapRunRuntime>();
  readonly #mapRunRuntimes = new Map<string, MapRunRuntime>();
  #state: ExecutionState;
  #role: AssumedRole | undefined;

  /**
   * @param stateMachineArn what the execution names as its state machine; for a child of a Map Run the labelled ARN
   * @param onEnd called whenever the execution has ended, of which a redrive makes another one
   */
  constructor(
    cloud: Cloud,
    execution: Execution,
    machine: Machine,
    stateMachineArn = execution.machine.arn,
    onEnd: () => void = () => undefined,
  ) {
    this.#cloud = cloud;
    this.execution = execution;
    this.#calls = cloud.cloudWatch.meters.calls(execution);
    this.#onEnd = onEnd;
    const { arn, name, startedAt, type, input } = execution;
    const { roleArn, name: stateMachineName } = execution.machine;
    const identity = { executionArn: arn, name, roleArn, stateMachineArn, stateMachineName, startedAt };
    this.#state = newExecution(machine, identity, type, input);
  }

  start(): void {
    this.#cloud.cloudWatch.meters.executionStarted(this.execution);
    this.#tell({ kind: 'started' });
  }

  /** Goes on where the execution ended without success. */
  redrive(): void {
    const { execution } = this;
    execution.outcome = undefined;
    execution.stoppedAt = undefined;
    execution.redriveCount = (execution.redriveCount ?? 0) + 1;
    execution.redrivenAt = this.#cloud.simulation.now();
    // Its trust may have been what had to be repaired.
    this.#role = undefined;
    this.#cloud.cloudWatch.meters.executionRedriven(execution);
    this.#tell({ kind: 'redriven' });
  }

  /** UpdateMapRun on one of its Map Runs. */
  updateMapRun(mapRunArn: string, changes: MapRunChanges): void {
    this.#mapRunRuntimes.get(mapRunArn)?.update(changes);
  }

  stop(why: Reason = {}): void {
    this.#tell({ kind: 'stopped', ...why });
  }

  /** Express workflows have no quota of state transitions ("Quotas related to state throttling"). */
  readonly #reserve: Reserve = (at) =>
    this.execution.type === 'EXPRESS' ? at : this.#cloud.throttling.transition(this.execution.machine);

  #tell(event: EventWithoutTime): void {
    this.#cloud.simulation.soon(async () => {
      const told = { ...event, at: this.#cloud.simulation.now() };
      const [state, effects] = await step(this.#state, told, this.#reserve);
      this.#state = state;
      for (const effect of effects) this.#perform(effect);
    });
  }

  #perform(effect: Effect): void {
    switch (effect.kind) {
      case 'history':
        this.execution.history.push(effect.event);
        this.#calls.observe(effect.event);
        return;
      case 'task':
        this.#startTask(effect);
        return;
      case 'cancel-task':
        this.#tasks.get(effect.task)?.cancel();
        this.#tasks.delete(effect.task);
        return;
      case 'map-run':
        this.#startMapRun(effect);
        return;
      case 'redrive-map-run':
        this.#redriveMapRun(effect);
        return;
      case 'cancel-map-run':
        this.#mapRuns.get(effect.task)?.stop();
        return;
      case 'timer':
        if (isRetry(effect.timer)) this.#cloud.cloudWatch.meters.totals.retries += 1;
        this.#timers.set(
          effect.timer,
          this.#cloud.simulation.at(effect.at, () => {
            this.#tell({ kind: 'timer', timer: effect.timer });
          }),
        );
        return;
      case 'cancel-timer': {
        const timer = this.#timers.get(effect.timer);
        if (timer) timer.cancelled = true;
        return;
      }
      case 'ended':
        this.#end(effect);
    }
  }

  #end({ kind: _, ...outcome }: Extract<Effect, { kind: 'ended' }>): void {
    this.execution.outcome = outcome;
    this.execution.stoppedAt = this.#cloud.simulation.now();
    this.#cloud.cloudWatch.meters.executionEnded(this.execution);
    this.#onEnd();
  }

  #startTask({ task, resource, arguments: args, credentials, token }: Extract<Effect, { kind: 'task' }>): void {
    const report = (event: TaskReport): void => {
      this.#tell({ ...event, task });
    };
    const integration = integrationFor(resource);
    if (!integration) throw new Error(`${resource} is not supported; deployment should have refused it`);
    const principal = this.#principalFor(credentials?.roleArn);
    if (!principal.ok) {
      report({ kind: 'task-failed', error: 'States.TaskFailed', cause: principal.cause });
      return;
    }
    const parameters: JsonObject = isObject(args) ? args : {};
    const { session } = principal;
    const { execution } = this;
    const { region } = execution.machine;
    const call = { arguments: parameters, input: args, resource, execution, principal: session, region, token, report };
    const running = integration(this.#cloud, call);
    if (running) this.#tasks.set(task, running);
  }

  #startMapRun({ task, spec }: Extract<Effect, { kind: 'map-run' }>): void {
    const role = this.#ownRole();
    if (!role.ok) {
      this.#tell({ kind: 'map-run-failed', task, error: 'States.Permissions', cause: role.denied.reason });
      return;
    }
    const onEnd = this.#mapRunEnd(task);
    const mapRun = new MapRunRuntime(this.#cloud, this.execution, spec, role.session, this.#newChild, onEnd);
    this.#mapRuns.set(task, mapRun);
    this.#mapRunRuntimes.set(spec.mapRunArn, mapRun);
    this.execution.mapRuns.push(mapRun.mapRun);
    this.#tell({ kind: 'map-run-started', task });
    mapRun.start();
  }

  #redriveMapRun({ task, mapRunArn }: Extract<Effect, { kind: 'redrive-map-run' }>): void {
    const mapRun = this.#mapRunRuntimes.get(mapRunArn);
    if (!mapRun) throw new Error(`${mapRunArn} was never started`);
    if (mapRun.mapRun.state.redriveCount === MAX_MAP_RUN_REDRIVES) {
      const cause = `The Map Run has reached the maximum number of redrives (${MAX_MAP_RUN_REDRIVES}).`;
      this.#tell({ kind: 'map-run-failed', task, error: 'States.Runtime', cause });
      return;
    }
    this.#mapRuns.set(task, mapRun);
    mapRun.redrive((redriveCount) => {
      this.#tell({ kind: 'map-run-redriven', task, redriveCount });
    }, this.#mapRunEnd(task));
  }

  readonly #mapRunEnd =
    (task: TaskId) =>
    (outcome: MapRunOutcome): void => {
      if (outcome.status === 'SUCCEEDED') this.#tell({ kind: 'map-run-succeeded', task, output: outcome.output });
      else if (outcome.status === 'FAILED')
        this.#tell({ kind: 'map-run-failed', task, error: outcome.error, cause: outcome.cause });
    };

  readonly #newChild: NewChild = (execution, spec, onEnd) => {
    const child = new ExecutionRuntime(this.#cloud, execution, spec.processor, labelledMachineArn(spec), () => {
      // An Express execution leaves no history, and thousands of them would fill the memory.
      if (execution.type === 'EXPRESS') execution.history.length = 0;
      onEnd();
    });
    this.#cloud.executions.addChild(child);
    return child;
  };

  /** The state machine's role, or the role that it assumes for one task. */
  #principalFor(
    targetRoleArn: string | undefined,
  ): Extract<AssumedRole, { ok: true }> | { readonly ok: false; readonly cause: string } {
    const { machine, name } = this.execution;
    const own = this.#ownRole();
    if (!own.ok)
      return { ok: false, cause: `Unable to assume the execution role ${machine.roleArn}. ${own.denied.reason}` };
    if (targetRoleArn === undefined) return own;
    // Step Functions sends the ARN of the calling state machine as external id (concepts-cross-acct-sync-pattern).
    const context = { 'sts:ExternalId': machine.arn, 'aws:RequestedRegion': machine.region };
    const assumed = this.#cloud.sessions.assumeRole(own.session, targetRoleArn, name, context);
    if (assumed.ok) return assumed;
    const cause = `The role ${machine.roleArn} is not authorized to assume the task state's role, ${targetRoleArn}.`;
    return { ok: false, cause };
  }

  #ownRole(): AssumedRole {
    const { machine, name } = this.execution;
    this.#role ??= this.#cloud.sessions.assumeRole(
      { kind: 'service', service: 'states.amazonaws.com' },
      machine.roleArn,
      name,
      { 'aws:SourceAccount': machine.account, 'aws:SourceArn': machine.arn },
    );
    return this.#role;
  }
}
