import { parseCsvObject } from './parse-csv-object.ts';
import { parseStrides } from './parse-strides.ts';
import type { ParsedObject } from './parsed-object.ts';

/** Reads one Global Surface Summary of the Day object (CSV) and sums its wind by station, year and month. */
export function parseObject(bytes: Uint8Array): ParsedObject {
  return parseStrides(bytes) ?? parseCsvObject(bytes);
}
