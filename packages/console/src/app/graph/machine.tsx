import { useMemo } from 'preact/hooks';
import { graphStates, type GraphState } from '../../chart/graph-order.ts';
import { countOf, durationText } from '../../chart/time-text.ts';
import type { WaterfallRow } from '../../chart/waterfall-rows.ts';
import { lineKey, wayTaken } from '../../chart/way-taken.ts';
import type { EventColumns } from '../../models/events.ts';
import type { GraphModel } from '../../models/graph.ts';
import { hueOfState, LabeledGlyph } from '../parts/glyph.tsx';
import { Name } from '../parts/name.tsx';
import { Line, Point } from './line.tsx';

export interface MachineProps {
  readonly graph: GraphModel;
  /** States that were entered. */
  readonly rows: readonly WaterfallRow[];
  readonly events: EventColumns | undefined;
  readonly stoppedAt: number | null;
  /** Name of the state that is open. */
  readonly open: string | undefined;
  readonly hrefOf: (state: string) => string;
  /** Size in proportion to that of the layout. */
  readonly scale: number;
}

/** A state machine: states are links in the order of the way taken, lines are below them. */
export function Machine({ graph, rows, events, stoppedAt, open, hrefOf, scale }: MachineProps) {
  const states = useMemo(() => graphStates(graph, rows), [graph, rows]);
  const lines = useMemo(() => {
    const taken = wayTaken(graph, events, stoppedAt);
    return (
      <svg class="lines" width={graph.width} height={graph.height} aria-hidden="true">
        {graph.edges.map((edge, index) => (
          <Line key={index} edge={edge} isTaken={taken.has(lineKey(edge.from, edge.to))} />
        ))}
      </svg>
    );
  }, [graph, events, stoppedAt]);
  // A zoom changes none of them.
  const links = useMemo(
    () =>
      states.map((state) => (
        <State key={state.node.id} state={state} isOpen={state.node.name === open} href={hrefOf(state.node.name)} />
      )),
    [states, open, hrefOf('')],
  );
  const size = { width: `${graph.width}px`, height: `${graph.height}px` };
  return (
    <div class="machine-box" style={{ width: `${graph.width * scale}px`, height: `${graph.height * scale}px` }}>
      <div class="machine" style={{ ...size, ...(scale !== 1 && { transform: `scale(${scale})` }) }}>
        <svg width={graph.width} height={graph.height} aria-hidden="true">
          {graph.nodes
            .filter(({ kind }) => kind !== 'state')
            .map((node) => (
              <Point key={node.id} node={node} />
            ))}
        </svg>
        {links}
        {lines}
      </div>
    </div>
  );
}

interface StateProps {
  readonly state: GraphState;
  readonly isOpen: boolean;
  readonly href: string;
}

function State({ state: { node, row, around, isAround }, isOpen, href }: StateProps) {
  const { x, y, width, height, name, type } = node;
  const shown = row ?? around;
  return (
    <a
      data-row
      data-open={isOpen ? '' : undefined}
      class={`state is-${shown ? hueOfState(shown.state) : 'not-reached'} ${isAround ? 'is-around' : ''}`}
      aria-current={isOpen ? 'true' : undefined}
      href={href}
      style={{ left: `${x}px`, top: `${y}px`, width: `${width}px`, height: `${height}px` }}
    >
      {row && <LabeledGlyph state={row.state} />}
      <span class="state-text">
        <Name>{name}</Name>
        <span class="quiet">
          {type}
          {row && `, ${durationText(row.to - row.from)}`}
          {!row && (around ? `, in ${countOf(around.batches.length, 'batch', 'batches')}` : ', not reached')}
        </span>
      </span>
    </a>
  );
}
