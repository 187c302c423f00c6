import type { Resource, Stack } from '@crosswind/assembly/resolve';
import {
  InvalidDefinition,
  type StateMachineResource,
  toStateMachine,
  UnreadableDefinition,
} from '@crosswind/assembly/state-machines';
import { type JsonObject, without } from '@crosswind/aws/json';

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

/** Properties of a resource without tags, a definition as the JSON that it is. */
export function propertiesOf(stack: Stack, resource: Resource): JsonObject {
  const properties = without(resource.properties, 'Tags');
  if (resource.type !== 'AWS::StepFunctions::StateMachine') return properties;
  const { definition } = readStateMachine(stack, resource);
  return { ...without(properties, 'DefinitionString'), Definition: definition };
}
