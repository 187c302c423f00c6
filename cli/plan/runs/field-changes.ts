import { isArray, isObject, type Json, type JsonObject, listOf, textOf } from '@crosswind/aws/json';
import type { FieldChange } from './run-data.ts';

/** Fields of two values that differ, each as deep as both have it, in alphabetical order. Pure. */
export function fieldChanges(before: Json | undefined, after: Json | undefined, path = ''): readonly FieldChange[] {
  if (isObject(before) && isObject(after)) {
    return keysOf(before, after).flatMap((key) => fieldChanges(before[key], after[key], inside(path, key)));
  }
  if (isArray(before) && isArray(after)) return itemChanges(before, after, path);
  if (isSame(before, after)) return [];
  return [{ path, ...(before !== undefined && { before }), ...(after !== undefined && { after }) }];
}

/** True for values of the same content; the order of keys does not matter. */
export function isSame(one: Json | undefined, other: Json | undefined): boolean {
  if (isObject(one) && isObject(other)) return keysOf(one, other).every((key) => isSame(one[key], other[key]));
  if (isArray(one) && isArray(other)) {
    return one.length === other.length && one.every((item, index) => isSame(item, other[index]));
  }
  return one === other;
}

const keysOf = (one: JsonObject, other: JsonObject): readonly string[] =>
  [...new Set([...Object.keys(one), ...Object.keys(other)])].sort();

/** A key as a step of a path. */
const inside = (path: string, key: string): string => {
  if (!/^[\w$-]+(\.\$)?$/.test(key)) return `${path}[${JSON.stringify(key)}]`;
  return path === '' ? key : `${path}.${key}`;
};

/** Items by the errors that they are for, as those of `Retry` and `Catch` are, or by their place. */
function itemChanges(before: readonly Json[], after: readonly Json[], path: string): readonly FieldChange[] {
  const [old, young] = [byErrors(before), byErrors(after)];
  if (old && young && isSame(sharedOf(old, young), sharedOf(young, old))) {
    const names = [...new Set([...old.keys(), ...young.keys()])].sort();
    return names.flatMap((name) => fieldChanges(old.get(name), young.get(name), `${path}[${name}]`));
  }
  if (before.length !== after.length) return [{ path, before, after }];
  return before.flatMap((item, index) => fieldChanges(item, after[index], `${path}[${index}]`));
}

/** The first item with an error applies, so that their order counts. */
const sharedOf = (one: ReadonlyMap<string, Json>, other: ReadonlyMap<string, Json>): readonly string[] =>
  [...one.keys()].filter((name) => other.has(name));

/** Items by their errors; undefined if some have none, or if two have the same. */
function byErrors(items: readonly Json[]): ReadonlyMap<string, Json> | undefined {
  const named = new Map(items.map((item) => [errorsOf(item), item]));
  return named.size === items.length && !named.has('') ? named : undefined;
}

const errorsOf = (item: Json): string => (isObject(item) ? listOf(item['ErrorEquals']).map(textOf).join(', ') : '');
