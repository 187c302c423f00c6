import { isUnresolved, type Json, type JsonObject, objectOf, textOf } from '@crosswind/aws/json';
import { partitionOf } from '@crosswind/aws/partition';
import type { PlannedCall } from './planned-call.ts';

/** A call as an integration makes it, before it is known who makes it. */
export type IntegrationCall = Pick<PlannedCall, 'action' | 'resource' | 'doubt'> &
  Partial<Pick<PlannedCall, 'context'>>;

/** Where a call finds what it names: the account is that of the role that calls. */
export interface CallPlace {
  readonly account: string;
  readonly region: string;
  /** ARN of the state machine. */
  readonly machineArn: string;
}

/** Calls of an integration by the arguments of its state. */
export type CallsOf = (given: JsonObject, place: CallPlace) => readonly IntegrationCall[];

/** ARN of a resource, with a reason if only a run knows it. */
export type Target = Pick<IntegrationCall, 'resource' | 'doubt'>;

/** The arguments of a state: `Arguments` of JSONata, `Parameters` of JSONPath, whose expressions are named with `.$`. */
export const argumentsOf = (state: JsonObject): JsonObject =>
  objectOf(state['Arguments'] ?? unsuffixed(state['Parameters'] ?? {}));

/** Values of JSONPath that are expressions become some of JSONata's form, so that one test finds both. */
function unsuffixed(value: Json): Json {
  if (Array.isArray(value)) return (value as readonly Json[]).map(unsuffixed);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value as JsonObject).map(([key, each]) =>
      key.endsWith('.$') ? [key.slice(0, -2), `{% ${textOf(each)} %}`] : [key, unsuffixed(each)],
    ),
  );
}

/** True if a text is known before a run. */
export const isKnown = (text: string): boolean => text !== '' && !text.startsWith('{%') && !isUnresolved(text);

/** ARN of a resource of a service in the account and region of a call. */
export const arnHere = ({ account, region }: CallPlace, service: string, resource: string): string =>
  `arn:${partitionOf(region)}:${service}:${region}:${account}:${resource}`;

/** Forms of the ARNs of a type of resource: `table/NAME` of `dynamodb`. */
export interface Form {
  /** Noun for it, for example `table`. */
  readonly noun: string;
  readonly service: string;
  readonly resource: (name: string) => string;
}

/** The resource that an argument names by its ARN or its name. */
export function named(place: CallPlace, { noun, service, resource }: Form, value: Json | undefined): Target {
  const text = textOf(value);
  if (!isKnown(text)) return { resource: arnHere(place, service, resource('*')), doubt: onlyARunKnows(noun, text) };
  return { resource: text.startsWith('arn:') ? text : arnHere(place, service, resource(text)) };
}

/** Reason of a doubt. */
export const onlyARunKnows = (noun: string, expression: string): string =>
  `only a run knows the ${noun}${expression === '' ? '' : `: ${expression}`}`;

/** A call for each action on a target. */
export const on = (target: Target, ...actions: readonly string[]): readonly IntegrationCall[] =>
  actions.map((action) => ({ action, ...target }));
