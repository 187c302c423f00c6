import type { Resource, Stack } from '@crosswind/assembly/resolve';
import { isObject, type JsonObject, type Json } from '@crosswind/aws/json';
import { WrongInput } from '../failure.ts';

/**
 * A stack with other properties of the resource at a construct path below it.
 * @param change JSON merge patch (RFC 7396), or a function that makes it of the properties as they are
 * @throws WrongInput if there is no such resource, or if the patch changes nothing
 */
export function withProperties(
  stack: Stack,
  path: string,
  change: JsonObject | ((before: JsonObject) => JsonObject),
): Stack {
  const meant = resourceAt(stack, path);
  const patch = typeof change === 'function' ? change(meant.properties) : change;
  const properties = merged(meant.properties, patch) as JsonObject;
  if (JSON.stringify(properties) === JSON.stringify(meant.properties)) {
    throw new WrongInput(`${JSON.stringify(patch)} changes nothing of ${meant.path}: it has these properties already`);
  }
  return {
    ...stack,
    resources: stack.resources.map((resource) => (resource === meant ? { ...resource, properties } : resource)),
  };
}

/** @throws WrongInput that names the resources of the same type */
export function resourceAt({ path: at, resources }: Stack, path: string): Resource {
  const found = resources.find((each) => [`${at}/${path}`, `${at}/${path}/Resource`].includes(each.path));
  if (found) return found;
  const known = resources.map((each) => each.path.slice(at.length + 1).replace(/\/Resource$/, '')).join(', ');
  throw new WrongInput(`the stack ${at} has no resource at ${path}; it has ${known}`);
}

function merged(before: Json | undefined, patch: Json): Json {
  if (!isObject(patch)) return patch;
  const fields = new Map<string, Json>(Object.entries(isObject(before) ? before : {}));
  for (const [name, value] of Object.entries(patch)) {
    if (value === null) fields.delete(name);
    else fields.set(name, merged(fields.get(name), value));
  }
  return Object.fromEntries(fields);
}
