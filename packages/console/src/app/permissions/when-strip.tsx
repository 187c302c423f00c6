import type { PermissionGroup } from '../../chart/permission-groups.ts';
import { unkeptGap, whenColumns, whenColumnWidth } from '../../chart/when-strip.ts';

export interface WhenStripProps {
  readonly group: PermissionGroup;
  /** Milliseconds since the epoch at the left and at the right end. */
  readonly from: number;
  readonly to: number;
  /** Pixels. */
  readonly width: number;
  readonly height: number;
  /** Sentence with the same as the picture. */
  readonly label: string;
}

/** When the decisions of a group were: the higher a column, the more of them in its time. */
export function WhenStrip({ group, from, to, width, height, label }: WhenStripProps) {
  const columns = whenColumns(group.seconds, { from, to, width });
  const gap = unkeptGap(group.seconds, group.times, { from, to, width });
  const most = columns.reduce((max, { times }) => Math.max(max, times), 1);
  const path = columns
    .map(({ x, times }) => {
      const size = Math.max(4, Math.round((height * times) / most));
      return `M${x} ${height}v${-size}h${whenColumnWidth - 0.5}v${size}z`;
    })
    .join('');
  return (
    <svg
      class={`when-strip ${group.verdict === 'allowed' ? '' : 'is-bad'}`}
      width={width}
      height={height}
      viewBox={`0 0 ${width} ${height}`}
      role="img"
      aria-label={label}
    >
      {gap && <line class="unkept" x1={gap[0]} x2={gap[1]} y1={height / 2} y2={height / 2} />}
      <path d={path} />
    </svg>
  );
}
