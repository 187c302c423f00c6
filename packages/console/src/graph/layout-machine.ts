import { type JsonObject, objectOf, textOf } from '@crosswind/aws/json';
import type { GraphEdge, GraphModel, GraphNode } from '../models/graph.ts';
import { type Box, layered } from './layered.ts';
import { endsScope, innerScopes, statesOf, type Transition, transitionsOf } from './transitions.ts';

/** Pixels of a state without states inside. */
const stateHeight = 44;
const narrowest = 148;
const widest = 240;
/** A name of that many characters fills a box: what is longer is cut by the page. */
const widthOfCharacter = 8.2;
const roomOfGlyph = 56;
/** Of a title, next to the name. */
const roomOfType = 80;

/** Pixels of the title of a Map or Parallel state, and between and around its scopes. */
const titleHeight = 28;
const gap = 12;

/** Pixels of the start and of the end of a scope. */
const pointSize = 14;

const widthOfLabel = 6.2;

/** States of a machine that is drawn: dagre needs most of a second for that many, and ends with a RangeError at twice as many. */
export const mostStates = 1_000;

/** True if a state machine is small enough to be drawn. */
export const isDrawable = (definition: JsonObject): boolean => countStates(definition) <= mostStates;

const countStates = (scope: JsonObject): number =>
  statesOf(scope).reduce(
    (sum, [, state]) => innerScopes(state).reduce((inside, each) => inside + countStates(each), sum + 1),
    0,
  );

type Part = Pick<GraphModel, 'nodes' | 'edges' | 'width' | 'height'>;

/**
 * Layout of a state machine, from top to bottom. A Map or Parallel state is laid out alone and becomes one box outside.
 * @param definition Amazon States Language
 */
export function layoutMachine(machineArn: string, definition: JsonObject): GraphModel {
  let count = 0;
  return { machineArn, ...layoutScope(definition, null, () => `n${count++}`) };
}

/** A state before its place is known: its box, and what is drawn in it. */
interface Planned {
  readonly node: Omit<GraphNode, 'x' | 'y'>;
  readonly inside: Part;
}

function layoutScope(scope: JsonObject, parent: string | null, nextId: () => string): Part {
  const states = statesOf(scope);
  const planned = states.map(([name, state]) => planState(name, state, parent, nextId));
  const ids = new Map(states.map(([name], index) => [name, planned[index]?.node.id ?? '']));
  const point = (kind: 'start' | 'end'): Planned => ({
    node: { id: nextId(), kind, name: kind, type: '', parent, width: pointSize, height: pointSize },
    inside: nothing,
  });
  const start = point('start');
  const end = point('end');
  const ends = states.some(([, state]) => endsScope(state));
  const all = [start, ...planned, ...(ends ? [end] : [])];
  const lines = [
    ...lineTo(start.node.id, { to: textOf(scope['StartAt']), label: '', isCatch: false }, ids),
    ...states.flatMap(([name, state]) => transitionsOf(state).flatMap((way) => lineTo(ids.get(name) ?? '', way, ids))),
    ...states.flatMap(([name, state]) =>
      endsScope(state) ? [{ from: ids.get(name) ?? '', to: end.node.id, label: '', isCatch: false }] : [],
    ),
  ];
  const orders = states.map(([name, state]) => {
    const targets = transitionsOf(state).flatMap(({ to }) => (to === name ? [] : (ids.get(to) ?? [])));
    return [...new Set(targets)];
  });
  const boxes = all.map(({ node: { id, width, height } }): Box => ({ id, width, height }));
  const placed = layered(
    boxes,
    lines.map(({ from, to, label }) => ({ from, to, labelWidth: label.length * widthOfLabel })),
    orders,
  );
  return {
    nodes: all.flatMap(({ node, inside }, index) => {
      const [x = 0, y = 0] = placed.corners[index] ?? [];
      return [{ ...node, x, y }, ...inside.nodes.map((inner) => movedNode(inner, x, y))];
    }),
    edges: [
      ...lines.map((line, index) => ({ ...line, points: placed.points[index] ?? [] })),
      ...all.flatMap(({ inside }, index) => {
        const [x = 0, y = 0] = placed.corners[index] ?? [];
        return inside.edges.map((edge) => movedEdge(edge, x, y));
      }),
    ],
    width: placed.width,
    height: placed.height,
  };
}

const nothing: Part = { nodes: [], edges: [], width: 0, height: 0 };

function planState(name: string, state: JsonObject, parent: string | null, nextId: () => string): Planned {
  const id = nextId();
  const scopes = innerScopes(state).map((scope) => layoutScope(objectOf(scope), id, nextId));
  const inside = sideBySide(scopes);
  const ofType = scopes.length === 0 ? 0 : roomOfType;
  const own = Math.min(widest, Math.max(narrowest, name.length * widthOfCharacter + roomOfGlyph)) + ofType;
  return {
    node: {
      ...{ id, kind: 'state', name, type: textOf(state['Type']), parent },
      width: Math.max(own, inside.width),
      height: scopes.length === 0 ? stateHeight : inside.height,
    },
    inside,
  };
}

/** Scopes below a title from left to right, in their order. */
function sideBySide(scopes: readonly Part[]): Part {
  let x = gap;
  const parts = scopes.map((scope): Part => {
    const at = x;
    x += scope.width + gap;
    return {
      ...scope,
      nodes: scope.nodes.map((node) => movedNode(node, at, titleHeight)),
      edges: scope.edges.map((edge) => movedEdge(edge, at, titleHeight)),
    };
  });
  return {
    nodes: parts.flatMap(({ nodes }) => nodes),
    edges: parts.flatMap(({ edges }) => edges),
    width: x,
    height: titleHeight + Math.max(0, ...scopes.map(({ height }) => height)) + gap,
  };
}

const movedNode = (node: GraphNode, x: number, y: number): GraphNode => ({ ...node, x: node.x + x, y: node.y + y });

const movedEdge = (edge: GraphEdge, x: number, y: number): GraphEdge => ({
  ...edge,
  points: edge.points.map(([px, py]) => [px + x, py + y]),
});

/** A transition between two states of a scope; none to a state that is not there. */
function lineTo(
  from: string,
  { to, label, isCatch }: Transition,
  ids: ReadonlyMap<string, string>,
): readonly Omit<GraphEdge, 'points'>[] {
  const target = ids.get(to);
  return target === undefined || from === '' ? [] : [{ from, to: target, label, isCatch }];
}
