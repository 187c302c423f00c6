import { readFileSync } from 'node:fs';
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
 * @throws UnreadableDefinition
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

/** A state machine whose definition is not in the assembly, or is no JSON. */
export class UnreadableDefinition extends Error {
  override readonly name = 'UnreadableDefinition';
}

/** The definition with its substitutions (AWS::StepFunctions::StateMachine, DefinitionSubstitutions). */
function definitionOf(stack: Stack, path: string, properties: JsonObject): JsonObject {
  let text = definitionText(stack, properties);
  if (text === undefined) {
    throw new UnreadableDefinition(
      `${path} has neither DefinitionString nor Definition, nor a DefinitionS3Location that is an asset of the assembly`,
    );
  }
  for (const [key, value] of Object.entries(objectOf(properties['DefinitionSubstitutions']))) {
    text = text.replaceAll(`\${${key}}`, () => JSON.stringify(textOf(value)).slice(1, -1));
  }
  const definition = parsed(text);
  if (isObject(definition)) return definition;
  throw new UnreadableDefinition(`${path} has a definition that is no JSON object`);
}

function definitionText({ assets }: Stack, properties: JsonObject): string | undefined {
  const { DefinitionString: text, Definition: literal, DefinitionS3Location: location } = properties;
  if (typeof text === 'string') return text;
  if (isObject(literal)) return JSON.stringify(literal);
  const file = assets.get(textOf(objectOf(location)['Key']));
  return file === undefined ? undefined : readFileSync(file, 'utf8');
}

function parsed(text: string): Json {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return null;
  }
}

function logGroupArn(logging: Json | undefined): string | undefined {
  const { Level: level, Destinations: destinations } = objectOf(logging);
  const [destination] = level === 'OFF' ? [] : listOf(destinations);
  return textOf(objectOf(objectOf(destination)['CloudWatchLogsLogGroup'])['LogGroupArn']) || undefined;
}
