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

/** An object without the keys whose value is undefined. */
export function defined(fields: Readonly<Record<string, Json | undefined>>): JsonObject {
  const kept = Object.entries(fields).filter((entry): entry is [string, Json] => entry[1] !== undefined);
  return Object.fromEntries(kept);
}
