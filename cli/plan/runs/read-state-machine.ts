import type { Resource, Stack } from '@crosswind/assembly/resolve';
import {
  InvalidDefinition,
  type StateMachineResource,
  toStateMachine,
  UnreadableDefinition,
} from '@crosswind/assembly/state-machines';

/** The state machine of a resource. A definition that cannot be read has the reason in its place. */
export function readStateMachine(stack: Stack, resource: Resource): StateMachineResource {
  try {
    return toStateMachine(stack, resource);
  } catch (error) {
    if (!(error instanceof InvalidDefinition || error instanceof UnreadableDefinition)) throw error;
    const readable = { ...resource, properties: { ...resource.properties, DefinitionString: '{}' } };
    return { ...toStateMachine(stack, readable), definition: { Definition: error.message } };
  }
}
