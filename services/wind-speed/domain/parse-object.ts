import { parseCsvObject } from './parse-csv-object.ts';
import { parseStrides } from './parse-strides.ts';
import type { StationYears } from './station-year.ts';

/** What one object holds, or the first thing that is wrong with it. */
export type ParsedObject =
  | {
      readonly ok: true;
      readonly rows: number;
      readonly stationYears: StationYears;
      /** Whether it was read at constant strides, and not byte by byte. */
      readonly fastPath: boolean;
    }
  | { readonly ok: false; readonly problem: string };

/** Reads one Global Surface Summary of the Day object (CSV) and sums its wind by station, year and month. */
export function parseObject(bytes: Uint8Array): ParsedObject {
  return parseStrides(bytes) ?? parseCsvObject(bytes);
}
