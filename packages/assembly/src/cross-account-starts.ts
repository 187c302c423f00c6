import type { Stack } from './resolve.ts';
import { type StateMachineResource, stateMachinesOf } from './state-machines.ts';
import { type Json, type JsonObject, isObject, listOf, objectOf, textOf } from '@crosswind/aws/json';

/** A Task state that starts a workflow in another account with a role of that account. */
export interface CrossAccountStart {
  readonly parent: StateMachineResource;
  /** Name of the state. */
  readonly state: string;
  /** True if the parent waits for the child to end. */
  readonly waits: boolean;
  readonly targetRoleArn: string;
  readonly childArn: string;
}

/** Every cross-account start of the assembly, from the state machine definitions themselves. */
export function crossAccountStarts(stacks: readonly Stack[]): readonly CrossAccountStart[] {
  return stacks.flatMap(stateMachinesOf).flatMap((parent) =>
    statesOf(parent.definition).flatMap(
      ([state, { Resource: resource, Credentials: credentials, Arguments: args }]) => {
        const started = /:states:startExecution(\.sync)?(:2)?$/.exec(textOf(resource));
        const targetRoleArn = textOf(objectOf(credentials)['RoleArn']);
        if (!started || targetRoleArn === '') return [];
        const childArn = textOf(objectOf(args)['StateMachineArn']);
        return [{ parent, state, waits: started[1] !== undefined, targetRoleArn, childArn }];
      },
    ),
  );
}

/** The states of a definition by name, those inside of Map and Parallel included. */
export function statesOf(block: JsonObject): readonly (readonly [name: string, state: JsonObject])[] {
  return Object.entries(objectOf(block['States'])).flatMap(
    ([name, state]): readonly (readonly [string, JsonObject])[] => {
      if (!isObject(state)) return [];
      // `Iterator` is the former name of `ItemProcessor` and still valid.
      const inner: readonly Json[] = [
        state['ItemProcessor'] ?? state['Iterator'] ?? null,
        ...listOf(state['Branches']),
      ];
      return [[name, state], ...inner.filter(isObject).flatMap(statesOf)];
    },
  );
}
