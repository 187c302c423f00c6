import { isArray, type Json } from '@crosswind/aws/json';

/** The word AWS uses for a value's type in its error texts. */
export const typeName = (value: Json): string => (value === null ? 'null' : isArray(value) ? 'array' : typeof value);

/** Size of a value as Step Functions counts it: bytes of its UTF-8 JSON text. */
export const byteLength = (value: Json): number => Buffer.byteLength(JSON.stringify(value));
