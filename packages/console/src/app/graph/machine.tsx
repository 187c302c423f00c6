import { countOf, durationText } from '../../chart/time-text.ts';
import type { WaterfallRow } from '../../chart/waterfall-rows.ts';
import { lineKey, wayTaken } from '../../chart/way-taken.ts';
import type { EventColumns } from '../../models/events.ts';
import type { GraphEdge, GraphModel, GraphNode } from '../../models/graph.ts';
import { Glyph, hueOfState } from '../parts/glyph.tsx';
import { Name } from '../parts/name.tsx';

export interface MachineProps {
  readonly graph: GraphModel;
  /** States that were entered. */
  readonly rows: readonly WaterfallRow[];
  readonly events: EventColumns | undefined;
  readonly stoppedAt: number | null;
  /** Name of the state that is open. */
  readonly open: string | undefined;
  readonly hrefOf: (state: string) => string;
}

/** A state machine: states are links in the order of the definition, lines are below them. */
export function Machine({ graph, rows, events, stoppedAt, open, hrefOf }: MachineProps) {
  const taken = wayTaken(graph, events, stoppedAt);
  const reached = new Map(rows.map((row) => [row.label, row]));
  return (
    <div class="machine" style={{ width: `${graph.width}px`, height: `${graph.height}px` }}>
      <svg width={graph.width} height={graph.height} aria-hidden="true">
        {graph.nodes
          .filter(({ kind }) => kind !== 'state')
          .map((node) => (
            <Point key={node.id} node={node} />
          ))}
      </svg>
      {graph.nodes
        .filter(({ kind }) => kind === 'state')
        .map((node) => {
          const row = reached.get(node.name);
          const around = row ? undefined : mapRunAround(graph, node, reached);
          return (
            <a
              key={node.id}
              data-row
              data-open={node.name === open ? '' : undefined}
              class={`state ${classOf(row ?? around)} ${isAround(graph, node) ? 'is-around' : ''}`}
              aria-current={node.name === open ? 'true' : undefined}
              href={hrefOf(node.name)}
              style={{
                left: `${node.x}px`,
                top: `${node.y}px`,
                width: `${node.width}px`,
                height: `${node.height}px`,
              }}
            >
              {row && <Glyph state={row.state} label={row.state} />}
              <span class="state-text">
                <Name>{node.name}</Name>
                <span class="quiet">
                  {node.type}
                  {row && `, ${durationText(row.to - row.from)}`}
                  {!row && (around ? `, in ${countOf(around.batches.length, 'batch', 'batches')}` : ', not reached')}
                </span>
              </span>
            </a>
          );
        })}
      <svg class="lines" width={graph.width} height={graph.height} aria-hidden="true">
        {graph.edges.map((edge, index) => (
          <Line key={index} edge={edge} isTaken={taken.has(lineKey(edge.from, edge.to))} />
        ))}
      </svg>
    </div>
  );
}

const classOf = (row: WaterfallRow | undefined): string => (row ? `is-${hueOfState(row.state)}` : 'is-not-reached');

/** The Map Run that a state is in: its batches ran it, and their histories are their own. */
function mapRunAround(
  graph: GraphModel,
  { parent }: GraphNode,
  reached: ReadonlyMap<string, WaterfallRow>,
): WaterfallRow | undefined {
  const node = graph.nodes.find(({ id }) => id === parent);
  const row = node && reached.get(node.name);
  if (!node || (row && row.batches.length > 0)) return row;
  return mapRunAround(graph, node, reached);
}

const isAround = (graph: GraphModel, { id }: GraphNode): boolean => graph.nodes.some(({ parent }) => parent === id);

function Point({ node: { x, y, width, kind } }: { readonly node: GraphNode }) {
  const [cx, cy] = [x + width / 2, y + width / 2];
  return (
    <>
      <circle class={kind === 'start' ? 'point' : 'point ring'} cx={cx} cy={cy} r={width / 2 - 1} />
      {kind === 'end' && <circle class="point" cx={cx} cy={cy} r="3" />}
    </>
  );
}

function Line({ edge: { points, label, isCatch }, isTaken }: { readonly edge: GraphEdge; readonly isTaken: boolean }) {
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
