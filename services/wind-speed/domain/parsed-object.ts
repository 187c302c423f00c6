import type { StationYears } from './station-year.ts';

/** Content of one object, or its first problem. */
export type ParsedObject =
  | {
      readonly ok: true;
      readonly rows: number;
      readonly stationYears: StationYears;
      /** True if it was read at constant strides, and not byte by byte. */
      readonly fastPath: boolean;
      /** Rows that the sums leave out, for example a second one for a day; absent where there are none. */
      readonly leftOut?: string;
    }
  | { readonly ok: false; readonly problem: string };
