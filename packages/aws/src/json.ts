/** Any value that JSON can carry. */
export type Json = null | boolean | number | string | readonly Json[] | JsonObject;

export interface JsonObject {
  readonly [key: string]: Json;
}

export const isObject = (value: Json | undefined): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export const isArray = (value: Json | undefined): value is readonly Json[] => Array.isArray(value);

/** Marks text in a template that is not known before deployment, or that could not be resolved; it may be anything. */
export const unresolved = '<unresolved>';

/** True if a part of the text is not known. */
export const isUnresolved = (text: string): boolean => text.includes(unresolved);

/** `value` if it is a list, else no items. */
export const listOf = (value: Json | undefined): readonly Json[] => (isArray(value) ? value : []);

/** `value` if it is an object, else an empty one. */
export const objectOf = (value: Json | undefined): JsonObject => (isObject(value) ? value : {});

/** `value` as text: a string as it is, nothing as the empty string, all else as JSON. */
export function textOf(value: Json | undefined): string {
  if (typeof value === 'string') return value;
  return value === undefined || value === null ? '' : JSON.stringify(value);
}

/** An object without the keys whose value is undefined. */
export function defined(fields: Readonly<Record<string, Json | undefined>>): JsonObject {
  const kept = Object.entries(fields).filter((entry): entry is [string, Json] => entry[1] !== undefined);
  return Object.fromEntries(kept);
}

/** An object without one of its keys. */
export const without = (object: JsonObject, key: string): JsonObject =>
  Object.fromEntries(Object.entries(object).filter(([name]) => name !== key));

/** Levels of JSON. Not a quota of AWS: deeper JSON is refused before anything recurses into it. */
const maximumDepth = 1_000;

const isTooDeep = (value: Json, levels = maximumDepth): boolean =>
  (isArray(value) || isObject(value)) &&
  (levels === 0 || Object.values(value).some((inner: Json) => isTooDeep(inner, levels - 1)));

/** The JSON that a text holds; throws on other text, and on more than 1,000 levels. */
export function parsedJson(text: string): Json {
  const value = JSON.parse(text) as Json;
  if (isTooDeep(value)) throw new RangeError(`nested deeper than ${maximumDepth} levels`);
  return value;
}
