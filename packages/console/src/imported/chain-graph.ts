import type { StateEntries } from '../chart/state-entries.ts';
import type { GraphEdge, GraphModel, GraphNode } from '../models/graph.ts';

const [width, height, gap, margin, pointSize] = [200, 44, 32, 12, 14];

/** The graph of a machine that nobody knows: its states from top to bottom, in the order in which they were first entered. */
export function chainGraph(machineArn: string, histories: readonly StateEntries[]): GraphModel {
  const types = new Map<string, string>();
  for (const { entries } of histories) {
    for (const { name, type } of entries) if (!types.has(name)) types.set(name, type);
  }
  const start: GraphNode = point('n0', margin);
  const states = [...types].map(([name, type], index): GraphNode => ({
    ...{ id: `n${index + 1}`, kind: 'state', name, type, parent: null, width, height },
    x: margin,
    y: margin + pointSize + gap + index * (height + gap),
  }));
  const nodes = [start, ...states];
  const last = nodes.at(-1) ?? start;
  return {
    machineArn,
    nodes,
    edges: nodes.slice(1).map((node, index) => lineBetween(nodes[index] ?? start, node)),
    width: width + 2 * margin,
    height: last.y + last.height + margin,
  };
}

const point = (id: string, y: number): GraphNode => ({
  ...{ id, kind: 'start', name: 'start', type: '', parent: null, y },
  x: margin + (width - pointSize) / 2,
  width: pointSize,
  height: pointSize,
});

const lineBetween = (from: GraphNode, to: GraphNode): GraphEdge => ({
  ...{ from: from.id, to: to.id, label: '', isCatch: false },
  points: [
    [from.x + from.width / 2, from.y + from.height],
    [to.x + to.width / 2, to.y],
  ],
});
