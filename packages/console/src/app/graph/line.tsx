import type { GraphEdge, GraphNode } from '../../models/graph.ts';

/** Start or end of a scope. */
export function Point({ node: { x, y, width, kind } }: { readonly node: GraphNode }) {
  const [cx, cy] = [x + width / 2, y + width / 2];
  return (
    <>
      <circle class={kind === 'start' ? 'point' : 'point ring'} cx={cx} cy={cy} r={width / 2 - 1} />
      {kind === 'end' && <circle class="point" cx={cx} cy={cy} r="3" />}
    </>
  );
}

/** A transition, with its condition or error. */
export function Line({
  edge: { points, label, isCatch },
  isTaken,
}: {
  readonly edge: GraphEdge;
  readonly isTaken: boolean;
}) {
  const [end, before] = [points.at(-1), points.at(-2)];
  if (!end || !before) return null;
  const [x = 0, y = 0] = points[Math.floor(points.length / 2)] ?? [];
  const angle = (Math.atan2(end[1] - before[1], end[0] - before[0]) * 180) / Math.PI;
  return (
    <g class={`line ${isTaken ? 'is-taken' : ''} ${isCatch ? 'is-catch' : ''}`}>
      <path class="way" d={curve(points)} />
      <path class="arrow" d="M0 0-7-3.5-7 3.5z" transform={`translate(${end[0]} ${end[1]}) rotate(${angle})`} />
      {label !== '' && (
        <text x={x} y={y + 4} text-anchor="middle">
          {label}
        </text>
      )}
    </g>
  );
}

/** A line through its points, with rounded corners. */
function curve(points: GraphEdge['points']): string {
  const [first, ...others] = points;
  if (!first) return '';
  const middle = others.slice(0, -1).map(([x, y], index) => {
    const [nextX, nextY] = others[index + 1] ?? [x, y];
    const isLast = index === others.length - 2;
    return isLast ? `Q${x} ${y} ${nextX} ${nextY}` : `Q${x} ${y} ${(x + nextX) / 2} ${(y + nextY) / 2}`;
  });
  const last = others.at(-1);
  return `M${first[0]} ${first[1]}${middle.length > 0 ? middle.join('') : `L${last?.[0] ?? 0} ${last?.[1] ?? 0}`}`;
}
