import type { StateMachineResource } from '@crosswind/assembly/state-machines';
import type { JsonObject } from '@crosswind/aws/json';
import type { Machine } from '@crosswind/workflow/definition/definition';

/** A state machine as it was deployed. */
export interface DeployedStateMachine extends StateMachineResource {
  /** Construct path. */
  readonly path: string;
  /** Machine that the engine parsed from the definition. */
  readonly machine: Machine;
  /** Milliseconds since the epoch, in virtual time. */
  readonly createdAt: number;
  /** The property `LoggingConfiguration`, empty where there is none. */
  readonly logging: JsonObject;
  /** In the form of a template. */
  readonly properties: JsonObject;
  /** Shared by every version of the machine that executions run. */
  readonly lifetime: { isDeleted: boolean };
}

/** The state machines of every account, by ARN. */
export class StateMachines {
  readonly #machines = new Map<string, DeployedStateMachine>();

  get(arn: string): DeployedStateMachine | undefined {
    return this.#machines.get(arn);
  }

  /** The state machines of one account in one region, in the order in which they were created. */
  of(account: string, region: string): readonly DeployedStateMachine[] {
    return [...this.#machines.values()].filter((machine) => machine.account === account && machine.region === region);
  }

  /** Adds a state machine or changes it: executions that run go on with what they started with. */
  set(machine: DeployedStateMachine): void {
    this.#machines.set(machine.arn, machine);
  }

  /** Deletes a state machine. Its executions end at their next state transition (API_DeleteStateMachine). */
  remove(arn: string): void {
    const machine = this.#machines.get(arn);
    if (machine) machine.lifetime.isDeleted = true;
    this.#machines.delete(arn);
  }
}
