import { uuid } from '@crosswind/workflow/chance';
import type { Json } from '@crosswind/aws/json';
import type { Execution } from './execution.ts';
import type { Meters } from '../../cloudwatch/meters.ts';
import type { EventBuses } from '../../events/event-buses.ts';
import type { QuotasOf } from '../../quotas/granted-quotas.ts';
import { ExecutionRuntime, type Reason, type RuntimePorts } from './execution-runtime.ts';
import type { MapRun, MapRunChanges } from './execution.ts';
import type { DeployedStateMachine, StateMachines } from './state-machines.ts';

export interface StartProps {
  readonly stateMachineArn: string;
  /**
   * Name of the execution.
   *
   * @default - `simulated-` and a running number
   */
  readonly name?: string;
  readonly input: Json;
}

export type Started =
  | { readonly ok: true; readonly execution: Execution }
  | {
      readonly ok: false;
      readonly code: 'StateMachineDoesNotExist' | 'ExecutionAlreadyExists' | 'ExecutionLimitExceeded';
      readonly message: string;
    };

export interface ExecutionsPorts extends Omit<RuntimePorts, 'onChild'> {
  readonly meters: RuntimePorts['meters'] & Pick<Meters, 'openExecutions'>;
  readonly stateMachines: StateMachines;
  readonly events: EventBuses;
  readonly quotasOf: QuotasOf;
}

/** The executions of every account: StartExecution and StopExecution, their authorization left to the caller. */
export class Executions {
  readonly #ports: ExecutionsPorts;
  readonly #runtimes = new Map<string, ExecutionRuntime>();
  readonly #children = new Map<string, ExecutionRuntime>();
  readonly #listeners = new Map<Execution, readonly (() => void)[]>();
  #unnamed = 0;

  constructor(ports: ExecutionsPorts) {
    this.#ports = ports;
  }

  get(arn: string): Execution | undefined {
    return this.#runtime(arn)?.execution;
  }

  /** A Map Run of any execution. */
  mapRun(arn: string): MapRun | undefined {
    for (const { execution } of [...this.#runtimes.values(), ...this.#children.values()]) {
      const found = execution.mapRuns.find((mapRun) => mapRun.arn === arn);
      if (found) return found;
    }
    return undefined;
  }

  /** Every execution except the children of Map Runs, in the order in which they were started. */
  all(): readonly Execution[] {
    return [...this.#runtimes.values()].map(({ execution }) => execution);
  }

  /** Every execution of a state machine except the children of Map Runs, in the order in which they were started. */
  of(stateMachineArn: string): readonly Execution[] {
    return this.all().filter(({ machine }) => machine.arn === stateMachineArn);
  }

  /**
   * Starts an execution. A name that a running execution of the same input has is answered with that execution; any other
   * use of a name twice is refused (API_StartExecution).
   */
  start({ stateMachineArn, name = this.#nextName(), input }: StartProps): Started {
    const { stateMachines, meters, quotasOf, simulation } = this.#ports;
    const machine = stateMachines.get(stateMachineArn);
    if (!machine) {
      const message = `State Machine Does Not Exist: '${stateMachineArn}'`;
      return { ok: false, code: 'StateMachineDoesNotExist', message };
    }
    const arn = this.#arnOf(machine, name);
    const existing = this.get(arn);
    if (existing) {
      const same = !existing.outcome && JSON.stringify(existing.input) === JSON.stringify(input);
      if (same) return { ok: true, execution: existing };
      return { ok: false, code: 'ExecutionAlreadyExists', message: `Execution Already Exists: '${arn}'` };
    }
    if (machine.type === 'STANDARD' && meters.openExecutions(machine) >= quotasOf(machine).openExecutions) {
      const message = 'The maximum number of running executions has been reached';
      return { ok: false, code: 'ExecutionLimitExceeded', message };
    }
    const startedAt = simulation.now();
    const execution: Execution = { arn, name, machine, type: machine.type, input, startedAt, history: [], mapRuns: [] };
    const onChild = (child: ExecutionRuntime): void => {
      this.#children.set(child.execution.arn, child);
    };
    const runtime = new ExecutionRuntime({ ...this.#ports, onChild }, execution, machine.machine, machine.arn, () => {
      this.#ended(execution);
    });
    this.#runtimes.set(arn, runtime);
    runtime.start();
    return { ok: true, execution };
  }

  /** Calls the listener once, when an execution that runs has ended. */
  onEnd(execution: Execution, listener: () => void): void {
    this.#listeners.set(execution, [...(this.#listeners.get(execution) ?? []), listener]);
  }

  /** Aborts an execution that is still running. */
  stop(arn: string, why?: Reason): void {
    this.#runtime(arn)?.stop(why);
  }

  /** Redrives an execution that has ended without success. */
  redrive(arn: string): void {
    this.#runtime(arn)?.redrive();
  }

  /** Changes a Map Run that has not ended. */
  updateMapRun({ arn, executionArn }: MapRun, changes: MapRunChanges): void {
    this.#runtime(executionArn)?.updateMapRun(arn, changes);
  }

  /** Notifies listeners, and EventBridge of a Standard execution (eventbridge-integration). */
  #ended(execution: Execution): void {
    const { arn, type, input, outcome } = execution;
    if (type === 'STANDARD') {
      this.#ports.events.executionEnded(arn, input, outcome?.status === 'SUCCEEDED' ? outcome.output : null);
    }
    for (const listener of this.#listeners.get(execution) ?? []) listener();
    this.#listeners.delete(execution);
  }

  #runtime(arn: string): ExecutionRuntime | undefined {
    return this.#runtimes.get(arn) ?? this.#children.get(arn);
  }

  /** ARN of an execution. Names of Express executions may be used again, so a UUID makes their ARNs unique. */
  #arnOf({ arn, type }: DeployedStateMachine, name: string): string {
    if (type === 'STANDARD') return `${arn.replace(':stateMachine:', ':execution:')}:${name}`;
    return `${arn.replace(':stateMachine:', ':express:')}:${name}:${uuid(`${arn}/express/${this.#runtimes.size}`)}`;
  }

  #nextName(): string {
    this.#unnamed += 1;
    return `simulated-${this.#unnamed}`;
  }
}
