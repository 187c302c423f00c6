import { readFileSync } from 'node:fs';
import { messageOf } from '@crosswind/aws/problem';
import type { Resource, Stack } from './resolve.ts';
import { type Json, type JsonObject, isObject, listOf, objectOf, textOf } from '@crosswind/aws/json';

/** A state machine of the assembly. */
export interface StateMachineResource {
  readonly name: string;
  readonly arn: string;
  readonly roleArn: string;
  readonly account: string;
  readonly region: string;
  readonly type: 'STANDARD' | 'EXPRESS';
  /** Amazon States Language. */
  readonly definition: JsonObject;
  /** ARN of the log group, where the machine logs. */
  readonly logGroupArn?: string;
  readonly traced: boolean;
}

/** The state machines of a stack, their definitions parsed. */
export function stateMachinesOf(stack: Stack): readonly StateMachineResource[] {
  return stack.resources
    .filter(({ type }) => type === 'AWS::StepFunctions::StateMachine')
    .map((resource) => toStateMachine(stack, resource));
}

/**
 * The state machine that a resource of the stack describes.
 * @throws InvalidDefinition, UnreadableDefinition
 */
export function toStateMachine(stack: Stack, { name, arn = '', path, properties }: Resource): StateMachineResource {
  return {
    name,
    arn,
    roleArn: textOf(properties['RoleArn']),
    account: stack.account,
    region: stack.region,
    type: properties['StateMachineType'] === 'EXPRESS' ? 'EXPRESS' : 'STANDARD',
    definition: definitionOf(stack, path, properties),
    logGroupArn: logGroupArn(properties['LoggingConfiguration']),
    traced: objectOf(properties['TracingConfiguration'])['Enabled'] === true,
  };
}

/** A definition that AWS refuses. */
export class InvalidDefinition extends Error {
  override readonly name = 'InvalidDefinition';
}

/** A definition that AWS can read and this reader cannot. */
export class UnreadableDefinition extends Error {
  override readonly name = 'UnreadableDefinition';
}

/** The definition with its substitutions (AWS::StepFunctions::StateMachine, DefinitionSubstitutions). */
function definitionOf(stack: Stack, path: string, properties: JsonObject): JsonObject {
  const { DefinitionString: text, Definition: literal, DefinitionS3Location: location } = properties;
  const substitutions = objectOf(properties['DefinitionSubstitutions']);
  if (typeof text === 'string') return parsed(text, substitutions, path);
  if (isObject(literal)) return parsed(JSON.stringify(literal), substitutions, path);
  if (isObject(location)) return definitionAt(stack, location, substitutions, path);
  throw new InvalidDefinition(
    `${path} has no definition: expected DefinitionString, Definition or DefinitionS3Location`,
  );
}

/** The definition in a file, which may be JSON or YAML (AWS::StepFunctions::StateMachine, DefinitionS3Location). */
function definitionAt({ assets }: Stack, location: JsonObject, substitutions: JsonObject, path: string): JsonObject {
  const key = textOf(location['Key']);
  const file = assets.get(key);
  if (file === undefined) {
    const got = JSON.stringify(location);
    throw new UnreadableDefinition(`${path} has a DefinitionS3Location that is no asset of the assembly: ${got}`);
  }
  try {
    return parsed(readFileSync(file, 'utf8'), substitutions, path);
  } catch (error) {
    if (!(error instanceof InvalidDefinition) || key.endsWith('.json')) throw error;
    throw new UnreadableDefinition(`${error.message}; only JSON is read`);
  }
}

function parsed(text: string, substitutions: JsonObject, path: string): JsonObject {
  let substituted = text;
  for (const [key, value] of Object.entries(substitutions)) {
    substituted = substituted.replaceAll(`\${${key}}`, () => JSON.stringify(textOf(value)).slice(1, -1));
  }
  let definition: Json;
  try {
    definition = JSON.parse(substituted) as Json;
  } catch (error) {
    throw new InvalidDefinition(`${path} has a definition that is no JSON: ${messageOf(error)}`);
  }
  if (isObject(definition)) return definition;
  throw new InvalidDefinition(`${path} has a definition that is no JSON object`);
}

function logGroupArn(logging: Json | undefined): string | undefined {
  const { Level: level, Destinations: destinations } = objectOf(logging);
  const [destination] = level === 'OFF' ? [] : listOf(destinations);
  return textOf(objectOf(objectOf(destination)['CloudWatchLogsLogGroup'])['LogGroupArn']) || undefined;
}
