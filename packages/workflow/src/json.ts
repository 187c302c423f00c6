import { isArray, isObject, type Json } from '@crosswind/aws/json';
import { MAX_DEPTH } from './limits.ts';

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
