import type { LevelNote, TimeNote } from '../../chart/dashboards/annotations.ts';
import type { ValueAxis } from '../../chart/dashboards/axis-range.ts';
import type { LineColumns } from '../../chart/dashboards/line-columns.ts';
import type { StyledLine } from '../../chart/dashboards/styled-lines.ts';

/** Everything that a chart shows; times are milliseconds since the epoch. */
export interface Drawing {
  readonly from: number;
  readonly to: number;
  /** The time of the strip; infinite for the newest. */
  readonly at: number;
  readonly lines: readonly StyledLine[];
  readonly columns: LineColumns;
  readonly axes: readonly ValueAxis[];
  readonly levels: readonly LevelNote[];
  readonly times: readonly TimeNote[];
  readonly isStacked: boolean;
}
