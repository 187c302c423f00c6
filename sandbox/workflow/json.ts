import { MAX_DEPTH } from './limits.ts';

/** Any value that JSON can carry: what states hand to each other. */
export type Json = null | boolean | number | string | readonly Json[] | JsonObject;

export interface JsonObject {
  readonly [key: string]: Json;
}

export const isObject = (value: Json | undefined): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export const isArray = (value: Json | undefined): value is readonly Json[] => Array.isArray(value);

/** The word AWS uses for a value's type in its error texts. */
export const typeName = (value: Json): string => (value === null ? 'null' : isArray(value) ? 'array' : typeof value);

/** Size of a value as Step Functions counts it: bytes of its UTF-8 JSON text. */
export const byteLength = (value: Json): number => Buffer.byteLength(JSON.stringify(value));

/** Whether JSON has more levels than the sandbox can recurse into. */
const isTooDeep = (value: Json, levels = MAX_DEPTH): boolean =>
  (isArray(value) || isObject(value)) &&
  (levels === 0 || Object.values(value).some((inner: Json) => isTooDeep(inner, levels - 1)));

/** The JSON that a text holds; throws on what is none, and on more levels than the sandbox can recurse into. */
export function parsedJson(text: string): Json {
  const value = JSON.parse(text) as Json;
  if (isTooDeep(value)) throw new RangeError(`nested deeper than ${MAX_DEPTH} levels`);
  return value;
}

/** An object without the keys whose value is undefined. */
export function defined(fields: Readonly<Record<string, Json | undefined>>): JsonObject {
  const kept = Object.entries(fields).filter((entry): entry is [string, Json] => entry[1] !== undefined);
  return Object.fromEntries(kept);
}
