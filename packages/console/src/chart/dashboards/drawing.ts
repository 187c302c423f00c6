import type { LevelNote, TimeNote } from './annotations.ts';
import type { ValueAxis } from './axis-range.ts';
import type { LineColumns } from './line-columns.ts';
import type { StyledLine } from './styled-lines.ts';

/** Everything that a chart shows but the time of the strip; times are milliseconds since the epoch. */
export interface Drawing {
  readonly from: number;
  readonly to: number;
  readonly lines: readonly StyledLine[];
  readonly columns: LineColumns;
  readonly axes: readonly ValueAxis[];
  readonly levels: readonly LevelNote[];
  readonly times: readonly TimeNote[];
}

/** Width of a text of a chart, in pixels. */
export type TextWidth = (text: string) => number;
