import { Graph, layout } from '@dagrejs/dagre';

/** A box to place, by an id that is no name. */
export interface Box {
  readonly id: string;
  readonly width: number;
  readonly height: number;
}

/** A line between two boxes; its label takes as much room as it says. */
export interface Line {
  readonly from: string;
  readonly to: string;
  readonly labelWidth: number;
}

type Point = readonly [x: number, y: number];

export interface Layered {
  /** Upper left corners, in the order of the boxes. */
  readonly corners: readonly Point[];
  /** In the order of the lines, each from its beginning to its end. */
  readonly points: readonly (readonly Point[])[];
  readonly width: number;
  readonly height: number;
}

const margin = 12;

/** Height of a label of a line, pixels. */
const labelHeight = 16;

/**
 * Places boxes in layers, from top to bottom.
 * @param inOrder ids that are drawn from left to right in this order where they are in one layer
 */
export function layered(
  boxes: readonly Box[],
  lines: readonly Line[],
  inOrder: readonly (readonly string[])[],
): Layered {
  const graph = new Graph({ multigraph: true });
  graph.setGraph({ rankdir: 'TB', nodesep: 28, ranksep: 32, edgesep: 16, marginx: margin, marginy: margin });
  for (const { id, width, height } of boxes) graph.setNode(id, { width, height });
  lines.forEach(({ from, to, labelWidth }, index) => {
    // dagre gives a loop useless points, and throws where two lines have the same or an empty name.
    if (from === to) return;
    const label = labelWidth > 0 ? { width: labelWidth, height: labelHeight, labelpos: 'c' as const } : {};
    graph.setEdge(from, to, label, `e${index}`);
  });
  layout(graph, { constraints: constraintsOf(inOrder) });
  const places = new Map(boxes.map(({ id }) => [id, graph.node(id)]));
  const corners = boxes.map(({ id, width, height }): Point => {
    const { x, y } = places.get(id) ?? { x: 0, y: 0 };
    return [round(x - width / 2), round(y - height / 2)];
  });
  const points = lines.map(({ from, to }, index): readonly Point[] => {
    const box = places.get(from);
    if (from === to) return box ? loopAt(box) : [];
    return graph.edge(from, to, `e${index}`).points.map(({ x, y }) => [round(x), round(y)]);
  });
  const loops = lines.some(({ from, to }) => from === to) ? loopWidth : 0;
  const { width, height } = graph.graph();
  return { corners, points, width: round(width + loops), height: round(height) };
}

interface PlacedBox {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Pixels that a line from a box to itself takes at its right side. */
const loopWidth = 28;

function loopAt({ x, y, width, height }: PlacedBox): readonly Point[] {
  const right = x + width / 2;
  const [top, bottom] = [y - height / 4, y + height / 4];
  return [
    [right, top],
    [right + loopWidth - 4, top],
    [right + loopWidth - 4, bottom],
    [right, bottom],
  ].map(([px = 0, py = 0]): Point => [round(px), round(py)]);
}

const round = (value: number): number => Math.round(value * 10) / 10;

/** Boxes of one order that are kept apart: pairs grow with the square of them. */
const mostInOrder = 12;

/** All pairs, since not all boxes of an order are in one layer; none that contradicts an earlier one, which dagre cannot follow. */
function constraintsOf(inOrder: readonly (readonly string[])[]): { left: string; right: string }[] {
  const after = new Map<string, Set<string>>();
  const reaches = (from: string, to: string, seen = new Set<string>()): boolean => {
    if (from === to) return true;
    if (seen.has(from)) return false;
    seen.add(from);
    return [...(after.get(from) ?? [])].some((next) => reaches(next, to, seen));
  };
  const wanted = inOrder.flatMap((ids) =>
    ids.slice(0, mostInOrder).flatMap((right, index) => ids.slice(0, index).map((left) => ({ left, right }))),
  );
  return wanted.filter(({ left, right }) => {
    if (reaches(right, left)) return false;
    after.set(left, (after.get(left) ?? new Set()).add(right));
    return true;
  });
}
