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

/** The state machine that a resource of the stack describes. */
export function toStateMachine(stack: Stack, { name, arn = '', path, properties }: Resource): StateMachineResource {
  return {
    name,
    arn,
    roleArn: textOf(properties['RoleArn']),
    account: stack.account,
    region: stack.region,
    type: properties['StateMachineType'] === 'EXPRESS' ? 'EXPRESS' : 'STANDARD',
    definition: definitionOf(path, properties),
    logGroupArn: logGroupArn(properties['LoggingConfiguration']),
    traced: objectOf(properties['TracingConfiguration'])['Enabled'] === true,
  };
}

function definitionOf(path: string, properties: JsonObject): JsonObject {
  const { DefinitionString: text, Definition: literal } = properties;
  const definition = typeof text === 'string' ? (JSON.parse(text) as Json) : literal;
  if (!isObject(definition))
    throw new Error(`${path} has neither DefinitionString nor Definition (DefinitionS3Location is not supported)`);
  return definition;
}

function logGroupArn(logging: Json | undefined): string | undefined {
  const { Level: level, Destinations: destinations } = objectOf(logging);
  const [destination] = level === 'OFF' ? [] : listOf(destinations);
  return textOf(objectOf(objectOf(destination)['CloudWatchLogsLogGroup'])['LogGroupArn']) || undefined;
}
