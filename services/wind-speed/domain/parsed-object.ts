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
