import type { StateMachineResource } from '../../assembly/state-machines.ts';
import type { Machine } from '../workflow/definition.ts';

/** A state machine as it was deployed. */
export interface DeployedStateMachine extends Omit<StateMachineResource, 'definition'> {
  readonly machine: Machine;
}

/** The state machines of every account, by ARN. */
export class StateMachines {
  readonly #machines = new Map<string, DeployedStateMachine>();

  get(arn: string): DeployedStateMachine | undefined {
    return this.#machines.get(arn);
  }

  add(machine: DeployedStateMachine): void {
    this.#machines.set(machine.arn, machine);
  }
}
