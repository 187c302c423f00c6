import { useMemo } from 'preact/hooks';
import { graphStates } from '../../chart/graph-order.ts';
import { clockText, durationText } from '../../chart/time-text.ts';
import type { WaterfallRow } from '../../chart/waterfall-rows.ts';
import type { GraphModel } from '../../models/graph.ts';
import { Chip } from '../parts/glyph.tsx';
import { Name } from '../parts/name.tsx';
import { GridTable } from '../table/grid-table.tsx';
import { RowLink } from '../table/row-link.tsx';

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
    <GridTable
      name="states"
      label={`States of ${title}`}
      columns={[
        ['State of it'],
        ['Name', 'cell-name'],
        ['Type'],
        ['Next', 'cell-name'],
        ['Entered', 'number'],
        ['Took', 'number'],
      ]}
      rows={states}
      openAt={states.findIndex(({ node }) => node.name === open)}
      cells={({ node, row, around }, place) => [
        row ? <Chip state={row.state} /> : around ? 'In batches' : 'Not reached',
        <RowLink place={place} href={hrefOf(node.name)}>
          <Name>{node.name}</Name>
        </RowLink>,
        node.type,
        <Name>{next.get(node.id) ?? ''}</Name>,
        row && clockText(row.from),
        row && durationText(row.to - row.from),
      ]}
    />
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
