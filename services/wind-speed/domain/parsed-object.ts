import type { StationYears } from './station-year.ts';

/** Content of one object, or its first problem. */
export type ParsedObject =
  | {
      readonly ok: true;
      readonly rows: number;
      readonly stationYears: StationYears;
      /** True if it was read at constant strides, and not byte by byte. */
      readonly fastPath: boolean;
      /** What the sums leave out, for example rows for a day that has one already; absent where that is nothing. */
      readonly leftOut?: string;
    }
  | { readonly ok: false; readonly problem: string };
