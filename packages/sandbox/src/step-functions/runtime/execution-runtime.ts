import type { CallMeter } from '../../cloudwatch/call-meter.ts';
import type { Meters } from '../../cloudwatch/meters.ts';
import type { AssumedRole, Sessions } from '../../iam/sessions.ts';
import type { Throttling } from '../../quotas/throttling.ts';
import { ExecutionDriver, type OutsideEffect } from '@crosswind/workflow/clock/execution-driver';
import type { Simulation } from '@crosswind/workflow/clock/simulation';
import type { Machine } from '@crosswind/workflow/definition/definition';
import { newExecution } from '@crosswind/workflow/execution/execution';
import type { JsonObject } from '@crosswind/aws/json';
import { isObject } from '@crosswind/aws/json';
import { MAX_MAP_RUN_REDRIVES } from '@crosswind/workflow/limits';
import { labelledMachineArn } from '@crosswind/workflow/map-run/children';
import type { MapRunOutcome } from '@crosswind/workflow/map-run/protocol';
import { isRetry, type TaskId } from '@crosswind/workflow/execution/protocol';
import type { LogGroups } from '../../logs/log-groups.ts';
import type { HistoryEvent } from '@crosswind/workflow/execution/history';
import type { Execution } from './execution.ts';
import { executionLog } from './execution-log.ts';
import { failedTasksIn } from './failed-tasks.ts';
import type { Integration, RunningTask, TaskReport } from '../../tasks/integration.ts';
import type { MapRunChanges } from './execution.ts';
import { type MapRunPorts, MapRunRuntime, type NewChild } from './map-run-runtime.ts';

/** Error and cause that StopExecution gives. */
export interface Reason {
  readonly error?: string;
  readonly cause?: string;
}

export interface RuntimePorts {
  readonly simulation: Simulation;
  readonly sessions: Sessions;
  readonly throttling: Throttling;
  readonly meters: Pick<Meters, 'calls' | 'executionStarted' | 'executionRedriven' | 'executionEnded' | 'totals'>;
  /** The integration that a task names. */
  readonly integrationFor: (resource: string) => Integration;
  readonly mapRuns: MapRunPorts;
  readonly logGroups: LogGroups;
  /** Called for each child that a Map Run starts. */
  readonly onChild: (child: ExecutionRuntime) => void;
}

/** Runs one execution of the pure engine: reports events to it and performs its effects. */
export class ExecutionRuntime {
  readonly execution: Execution;
  readonly #ports: RuntimePorts;
  readonly #calls: CallMeter;
  readonly #log: (event: HistoryEvent) => void;
  readonly #onEnd: () => void;
  readonly #tasks = new Map<TaskId, RunningTask>();
  readonly #mapRuns = new Map<TaskId, MapRunRuntime>();
  readonly #mapRunRuntimes = new Map<string, MapRunRuntime>();
  readonly #driver: ExecutionDriver;
  #role: AssumedRole | undefined;

  /**
   * @param stateMachineArn state machine that the execution names; for a child of a Map Run the labelled ARN
   * @param onEnd called each time the execution has ended; it ends again after a redrive
   */
  constructor(
    ports: RuntimePorts,
    execution: Execution,
    machine: Machine,
    stateMachineArn = execution.machine.arn,
    onEnd: () => void = () => undefined,
  ) {
    this.#ports = ports;
    this.execution = execution;
    this.#calls = ports.meters.calls(execution);
    this.#log = executionLog(ports.logGroups, execution);
    this.#onEnd = onEnd;
    const { arn, name, startedAt, type, input } = execution;
    const { roleArn, name: stateMachineName } = execution.machine;
    const identity = { executionArn: arn, name, roleArn, stateMachineArn, stateMachineName, startedAt };
    this.#driver = new ExecutionDriver({
      simulation: ports.simulation,
      first: newExecution(machine, identity, type, input),
      // Express workflows have no quota of state transitions ("Quotas related to state throttling").
      reserve: (at) => (type === 'EXPRESS' ? at : this.#reserve(at)),
      perform: (effect) => {
        this.#perform(effect);
      },
      onTimer: (timer) => {
        if (isRetry(timer)) ports.meters.totals.retries += 1;
      },
    });
  }

  start(): void {
    this.#ports.meters.executionStarted(this.execution);
    this.#driver.tell({ kind: 'started' });
  }

  /** Goes on where the execution ended without success. */
  redrive(): void {
    const { execution } = this;
    execution.outcome = undefined;
    execution.stoppedAt = undefined;
    execution.redriveCount = (execution.redriveCount ?? 0) + 1;
    execution.redrivenAt = this.#ports.simulation.now();
    // Its trust may have been what had to be repaired.
    this.#role = undefined;
    this.#ports.meters.executionRedriven(execution);
    this.#driver.tell({ kind: 'redriven' });
  }

  /** UpdateMapRun on one of its Map Runs. */
  updateMapRun(mapRunArn: string, changes: MapRunChanges): void {
    this.#mapRunRuntimes.get(mapRunArn)?.update(changes);
  }

  stop(why: Reason = {}): void {
    this.#driver.tell({ kind: 'stopped', ...why });
  }

  #perform(effect: OutsideEffect): void {
    switch (effect.kind) {
      case 'history':
        this.execution.history.push(effect.event);
        this.#calls.observe(effect.event);
        this.#log(effect.event);
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
      case 'ended':
        this.#end(effect);
    }
  }

  /**
   * When a state transition may happen. That of a state machine which is deleted never does: "On the next state transition,
   * the state machine's executions are terminated" (API_DeleteStateMachine).
   */
  #reserve(at: number): number {
    const { simulation, throttling } = this.#ports;
    const { machine } = this.execution;
    if (!machine.lifetime.isDeleted) return throttling.transition(machine);
    simulation.at(simulation.now(), () => {
      if (!this.execution.outcome) this.stop();
    });
    return at + 1;
  }

  #end({ kind: _, ...outcome }: Extract<OutsideEffect, { kind: 'ended' }>): void {
    this.execution.outcome = outcome;
    this.execution.stoppedAt = this.#ports.simulation.now();
    this.#ports.meters.executionEnded(this.execution);
    this.#onEnd();
  }

  #startTask({ task, resource, arguments: args, credentials, token }: Extract<OutsideEffect, { kind: 'task' }>): void {
    const report = (event: TaskReport): void => {
      this.#driver.tell({ ...event, task });
    };
    const integration = this.#ports.integrationFor(resource);
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
    const running = integration(call);
    if (running) this.#tasks.set(task, running);
  }

  #startMapRun({ task, spec }: Extract<OutsideEffect, { kind: 'map-run' }>): void {
    const role = this.#ownRole();
    if (!role.ok) {
      this.#driver.tell({ kind: 'map-run-failed', task, error: 'States.Permissions', cause: role.denied.reason });
      return;
    }
    const onEnd = this.#mapRunEnd(task);
    const mapRun = new MapRunRuntime(this.#ports.mapRuns, this.execution, spec, role.session, this.#newChild, onEnd);
    this.#mapRuns.set(task, mapRun);
    this.#mapRunRuntimes.set(spec.mapRunArn, mapRun);
    this.execution.mapRuns.push(mapRun.mapRun);
    this.#driver.tell({ kind: 'map-run-started', task });
    mapRun.start();
  }

  #redriveMapRun({ task, mapRunArn }: Extract<OutsideEffect, { kind: 'redrive-map-run' }>): void {
    const mapRun = this.#mapRunRuntimes.get(mapRunArn);
    if (!mapRun) throw new Error(`${mapRunArn} was never started`);
    if (mapRun.mapRun.state.redriveCount === MAX_MAP_RUN_REDRIVES) {
      const cause = `The Map Run has reached the maximum number of redrives (${MAX_MAP_RUN_REDRIVES}).`;
      this.#driver.tell({ kind: 'map-run-failed', task, error: 'States.Runtime', cause });
      return;
    }
    this.#mapRuns.set(task, mapRun);
    mapRun.redrive((redriveCount) => {
      this.#driver.tell({ kind: 'map-run-redriven', task, redriveCount });
    }, this.#mapRunEnd(task));
  }

  readonly #mapRunEnd =
    (task: TaskId) =>
    (outcome: MapRunOutcome): void => {
      if (outcome.status === 'SUCCEEDED')
        this.#driver.tell({ kind: 'map-run-succeeded', task, output: outcome.output });
      else if (outcome.status === 'FAILED')
        this.#driver.tell({ kind: 'map-run-failed', task, error: outcome.error, cause: outcome.cause });
    };

  readonly #newChild: NewChild = (execution, spec, onEnd) => {
    const child = new ExecutionRuntime(this.#ports, execution, spec.processor, labelledMachineArn(spec), () => {
      // An Express execution leaves no history, and thousands of them would fill the memory.
      if (execution.type === 'EXPRESS') forget(execution);
      onEnd();
    });
    this.#ports.onChild(child);
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
    const assumed = this.#ports.sessions.assumeRole(own.session, targetRoleArn, name, context);
    if (assumed.ok) return assumed;
    const cause = `The role ${machine.roleArn} is not authorized to assume the task state's role, ${targetRoleArn}.`;
    return { ok: false, cause };
  }

  #ownRole(): AssumedRole {
    const { machine, name } = this.execution;
    this.#role ??= this.#ports.sessions.assumeRole(
      { kind: 'service', service: 'states.amazonaws.com' },
      machine.roleArn,
      name,
      { 'aws:SourceAccount': machine.account, 'aws:SourceArn': machine.arn },
    );
    return this.#role;
  }
}

/** Drops the history, except what failed in it. */
function forget(execution: Execution): void {
  const failed = failedTasksIn(execution.history);
  if (failed.length > 0) execution.failedTasks = [...(execution.failedTasks ?? []), ...failed];
  execution.history.length = 0;
}
