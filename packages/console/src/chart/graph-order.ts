import type { GraphModel, GraphNode } from '../models/graph.ts';
import type { WaterfallRow } from './waterfall-rows.ts';

/** A state of a graph with what is known about it. */
export interface GraphState {
  readonly node: GraphNode;
  /** Undefined for a state that was not entered. */
  readonly row: WaterfallRow | undefined;
  /** Row of the Map Run that the state is in: its batches ran it, and their histories are their own. */
  readonly around: WaterfallRow | undefined;
  /** True if other states are in it. */
  readonly isAround: boolean;
}

/**
 * States in the order of the way that was taken, then those that were not reached, in the order of the definition. A state is
 * before those in it.
 */
export function graphStates({ nodes }: GraphModel, rows: readonly WaterfallRow[]): readonly GraphState[] {
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const reached = new Map(rows.map((row) => [row.label, row]));
  const outer = new Set(nodes.map(({ parent }) => parent));
  const mapRunAround = ({ parent }: GraphNode): WaterfallRow | undefined => {
    const node = byId.get(parent ?? '');
    const row = node && reached.get(node.name);
    return !node || (row && row.batches.length > 0) ? row : mapRunAround(node);
  };
  return nodes
    .filter(({ kind }) => kind === 'state')
    .map((node, place) => {
      const row = reached.get(node.name);
      return { node, row, around: row ? undefined : mapRunAround(node), isAround: outer.has(node.id), place };
    })
    .sort(
      (one, other) =>
        (one.row?.event ?? Infinity) - (other.row?.event ?? Infinity) ||
        Number(!one.row) - Number(!other.row) ||
        one.place - other.place,
    );
}
