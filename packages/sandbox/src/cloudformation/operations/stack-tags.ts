import type { DesiredStack, Resource } from '@crosswind/assembly/resolve';
import { isArray, isObject, type Json, type JsonObject, objectOf, textOf } from '@crosswind/aws/json';
import { resourceType } from '@crosswind/aws/resource-types';
import type { StackInput } from '../stacks/stack-input.ts';

type Tags = StackInput['tags'];

/**
 * A stack whose resources have the tags of the stack besides their own, where their type has tags (template reference:
 * "Resource tags"; User Guide: "Set CloudFormation stack options").
 */
export function withStackTags(desired: DesiredStack, tags: Tags): DesiredStack {
  if (Object.keys(tags).length === 0) return desired;
  const resources = desired.stack.resources.map((resource) => tagged(resource, tags));
  return { ...desired, stack: { ...desired.stack, resources } };
}

/** The resource with the tags of its stack; one of its own with the same key wins. */
function tagged(resource: Resource, tags: Tags): Resource {
  const [property, form] = resourceType(resource.type)?.tags ?? [];
  if (property === undefined) return resource;
  const own = resource.properties[property];
  const merged = form === 'map' ? inMap(own, tags) : inList(own, tags, form === 'asg');
  return merged === undefined ? resource : { ...resource, properties: { ...resource.properties, [property]: merged } };
}

const inMap = (own: Json | undefined, tags: Tags): JsonObject | undefined =>
  own === undefined || isObject(own) ? { ...tags, ...own } : undefined;

function inList(own: Json | undefined, tags: Tags, propagates: boolean): Json | undefined {
  if (own !== undefined && !isArray(own)) return undefined;
  const keys = new Set((own ?? []).map((tag) => textOf(objectOf(tag)['Key'])));
  const added = Object.entries(tags).filter(([key]) => !keys.has(key));
  return [
    ...(own ?? []),
    ...added.map(([Key, Value]) => ({ Key, Value, ...(propagates && { PropagateAtLaunch: true }) })),
  ];
}
