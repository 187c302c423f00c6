import type { Resource, Stack } from '@crosswind/assembly/resolve';
import { type Json, type JsonObject, listOf, objectOf, textOf } from '@crosswind/aws/json';
import type { OpaqueResources } from '../cloudformation/opaque-resources.ts';
import { liveProperties } from '../live-properties.ts';
import type { ResourceHandler } from '../service.ts';
import type { EventRules } from './rules.ts';

/** `AWS::Events::Rule`: what the sandbox cannot deliver is opaque. */
export function ruleHandler(opaque: OpaqueResources, rules: EventRules): ResourceHandler {
  const put = (resource: Resource, stack: Stack): void => {
    const { arn = '', properties } = resource;
    const why = notDelivered(properties);
    if (why !== undefined) opaque.add(resource, stack, why);
    const { account, region } = stack;
    const delivered = why === undefined ? properties : { ...properties, State: 'DISABLED' };
    rules.put({ arn, account, region, properties: delivered });
  };
  return {
    create: put,
    update: (resource, _, stack) => {
      put(resource, stack);
    },
    delete: ({ arn = '' }) => {
      rules.remove(arn);
    },
    read: ({ arn = '' }) => {
      const properties = rules.propertiesOf(arn);
      return properties && liveProperties(properties);
    },
  };
}

/** Keys of a target that the sandbox honors. */
const honored: ReadonlySet<string> = new Set(['Id', 'Arn', 'RoleArn']);

/** Why the sandbox cannot deliver what a rule matches. */
function notDelivered(properties: JsonObject): string | undefined {
  const { ScheduleExpression, EventBusName = 'default', EventPattern } = properties;
  if (ScheduleExpression !== undefined) return 'the sandbox starts no rule by a schedule';
  if (EventBusName !== 'default') return 'the sandbox has the default event bus only';
  if (!isLiteral(EventPattern ?? null))
    return 'the sandbox compares values of an event pattern only, and has no filters';
  for (const target of listOf(properties['Targets']).map(objectOf)) {
    const arn = textOf(target['Arn']);
    if (arn.split(':')[2] !== 'sns') return `the sandbox delivers events to topics only, not to ${arn}`;
    if (target['RoleArn'] === undefined)
      return `the sandbox delivers events with a role only, and the target ${arn} has none`;
    const unknown = Object.keys(target).find((key) => !honored.has(key));
    if (unknown !== undefined) return `the sandbox does not honor ${unknown} of a target`;
  }
  return undefined;
}

/** True for a pattern without content filters such as `{"prefix": …}`. */
const isLiteral = (pattern: Json): boolean =>
  Array.isArray(pattern)
    ? pattern.every((value) => value === null || typeof value !== 'object')
    : typeof pattern === 'object' && pattern !== null && Object.values(pattern).every(isLiteral);
