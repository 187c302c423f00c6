import type { StationYears } from './station-year.ts';

/** Content of one object, or its first problem. */
export type ParsedObject =
  | {
      readonly ok: true;
      readonly rows: number;
      readonly stationYears: StationYears;
      /** True if it was read at constant strides, and not byte by byte. */
      readonly fastPath: boolean;
    }
  | { readonly ok: false; readonly problem: string };
