import { grouped } from '../models/grouped.ts';
import type { EventColumns } from '../models/events.ts';
import type { GraphModel } from '../models/graph.ts';
import { entriesOf } from './state-entries.ts';

/** Key of a line between two boxes of a graph. */
export const lineKey = (from: string, to: string): string => `${from} ${to}`;

/** Lines of a graph that an execution took: one state of a scope was entered right after the other. */
export function wayTaken(
  graph: GraphModel,
  events: EventColumns | undefined,
  stoppedAt: number | null,
): ReadonlySet<string> {
  const entries = events ? entriesOf(events, stoppedAt).entries : [];
  const nodes = new Map(graph.nodes.map((node) => [node.id, node]));
  const ids = new Map(graph.nodes.filter(({ kind }) => kind === 'state').map(({ name, id }) => [name, id]));
  const linesTo = grouped(graph.edges, ({ to }) => to);
  const linesFrom = grouped(graph.edges, ({ from }) => from);
  const taken = new Set<string>();
  /** States of each scope that ran, in the order of their entries: the next one follows the last that leads to it. */
  const open = new Map<string, Set<string>>();
  for (const { name, outer } of entries) {
    const id = ids.get(name);
    if (id === undefined) continue;
    const scope = `${outer} ${nodes.get(id)?.parent ?? ''}`;
    const ran = open.get(scope) ?? new Set<string>();
    open.set(scope, ran);
    const before = [...ran].findLast((from) => linesTo.get(id)?.some((line) => line.from === from));
    const start = linesTo.get(id)?.find(({ from }) => nodes.get(from)?.kind === 'start')?.from;
    if (before !== undefined) ran.delete(before);
    const from = before ?? start;
    if (from !== undefined) taken.add(lineKey(from, id));
    ran.delete(id);
    ran.add(id);
  }
  for (const { name, to, hasFailed } of entries) {
    const id = ids.get(name);
    if (id === undefined || to === null || hasFailed) continue;
    const end = linesFrom.get(id)?.find((line) => nodes.get(line.to)?.kind === 'end');
    if (end) taken.add(lineKey(id, end.to));
  }
  return taken;
}
