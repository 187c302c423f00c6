import { useMemo } from 'preact/hooks';
import { graphStates } from '../../chart/graph-order.ts';
import { clockText, durationText } from '../../chart/time-text.ts';
import type { WaterfallRow } from '../../chart/waterfall-rows.ts';
import type { GraphModel } from '../../models/graph.ts';
import { Chip } from '../parts/glyph.tsx';
import { Name } from '../parts/name.tsx';
import { VirtualList } from '../parts/virtual-list.tsx';

export interface StateTableProps {
  readonly graph: GraphModel;
  readonly rows: readonly WaterfallRow[];
  readonly title: string;
  /** Name of the state that is open. */
  readonly open: string | undefined;
  readonly hrefOf: (state: string) => string;
}

/** The states of a graph as rows, in the order of the way taken, with the states that each leads to. */
export function StateTable({ graph, rows, title, open, hrefOf }: StateTableProps) {
  const states = useMemo(() => graphStates(graph, rows), [graph, rows]);
  const next = useMemo(() => nextOf(graph), [graph]);
  return (
    <div class="grid-table states" role="table" aria-label={`States of ${title}`} aria-rowcount={states.length + 1}>
      <div role="rowgroup">
        <div class="grid-row head" role="row">
          {['State of it', 'Name', 'Type', 'Next', 'Entered', 'Took'].map((head, index) => (
            <span key={head} role="columnheader" class={index > 3 ? 'number' : ''}>
              {head}
            </span>
          ))}
        </div>
      </div>
      <VirtualList
        count={states.length}
        rowHeight={32}
        row={(index, isStop) => {
          const state = states[index];
          if (!state) return null;
          const { node, row, around } = state;
          const isOpen = node.name === open;
          return (
            <div class={`grid-row ${isOpen ? 'is-open' : ''}`} role="row" aria-rowindex={index + 2}>
              <span role="cell">{row ? <Chip state={row.state} /> : around ? 'In batches' : 'Not reached'}</span>
              <span role="cell" class="cell-name">
                <a
                  data-row
                  data-open={isOpen ? '' : undefined}
                  tabIndex={isStop || isOpen ? 0 : -1}
                  aria-current={isOpen ? 'true' : undefined}
                  href={hrefOf(node.name)}
                >
                  <Name>{node.name}</Name>
                </a>
              </span>
              <span role="cell">{node.type}</span>
              <span role="cell" class="cell-name">
                <Name>{next.get(node.id) ?? ''}</Name>
              </span>
              <span role="cell" class="number">
                {row && clockText(row.from)}
              </span>
              <span role="cell" class="number">
                {row && durationText(row.to - row.from)}
              </span>
            </div>
          );
        }}
      />
    </div>
  );
}

/** Names of the states that a state leads to, by its id, with the condition or error. */
function nextOf({ nodes, edges }: GraphModel): ReadonlyMap<string, string> {
  const names = new Map(nodes.filter(({ kind }) => kind === 'state').map(({ id, name }) => [id, name]));
  const next = new Map<string, string>();
  for (const { from, to, label } of edges) {
    const name = names.get(to);
    if (name === undefined) continue;
    const text = label === '' ? name : `${name} (${label})`;
    next.set(from, next.has(from) ? `${next.get(from) ?? ''}, ${text}` : text);
  }
  return next;
}
