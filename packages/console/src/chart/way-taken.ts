import { type EventColumns, eventRows } from '../models/events.ts';
import type { GraphModel } from '../models/graph.ts';
import { stateEntries } from './state-entries.ts';

/** Key of a line between two boxes of a graph. */
export const lineKey = (from: string, to: string): string => `${from} ${to}`;

/** Lines of a graph that an execution took: one state of a scope was entered right after the other. */
export function wayTaken(
  graph: GraphModel,
  events: EventColumns | undefined,
  stoppedAt: number | null,
): ReadonlySet<string> {
  const { entries } = stateEntries(events ? eventRows(events) : [], stoppedAt);
  const ids = new Map(graph.nodes.filter(({ kind }) => kind === 'state').map(({ name, id }) => [name, id]));
  const taken = new Set<string>();
  const known = new Set(graph.edges.map(({ from, to }) => lineKey(from, to)));
  const lines = new Map(graph.edges.map((edge) => [edge.from, [] as string[]]));
  for (const { from, to } of graph.edges) lines.get(from)?.push(to);
  /** The states of each scope that ran: the last one entered, which the next one follows. */
  const last = new Map<string, string>();
  entries.forEach(({ name, outer }) => {
    const id = ids.get(name);
    if (id === undefined) return;
    const scope = `${outer} ${graph.nodes.find((node) => node.id === id)?.parent ?? ''}`;
    const before = [...last].findLast(([key, from]) => key.startsWith(`${scope} `) && known.has(lineKey(from, id)));
    if (before) {
      taken.add(lineKey(before[1], id));
      last.delete(before[0]);
    } else {
      const start = graph.edges.find(({ from, to }) => to === id && isPoint(graph, from, 'start'));
      if (start) taken.add(lineKey(start.from, id));
    }
    last.set(`${scope} ${id}`, id);
  });
  for (const entry of entries) {
    const id = ids.get(entry.name);
    if (id === undefined || entry.to === null || entry.hasFailed) continue;
    for (const to of lines.get(id) ?? []) if (isPoint(graph, to, 'end')) taken.add(lineKey(id, to));
  }
  return taken;
}

const isPoint = (graph: GraphModel, id: string, kind: 'start' | 'end'): boolean =>
  graph.nodes.some((node) => node.id === id && node.kind === kind);
