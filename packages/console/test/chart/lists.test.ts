import { describe, expect, test } from 'vitest';
import { deniedBetween } from '../../src/chart/denied-between.ts';
import { graphStates } from '../../src/chart/graph-order.ts';
import { placeAbove, rowsByExecution } from '../../src/chart/row-lists.ts';
import { stripRuns } from '../../src/chart/strip-runs.ts';
import { treeMove } from '../../src/app/waterfall/tree-keys.ts';
import { waterfallRows } from '../../src/chart/waterfall-rows.ts';
import { statedRuns } from '../../src/models/family.ts';
import { snapshotOf } from '../../src/server/snapshot.ts';
import { largeRun } from '../large-run.ts';
import { start, stuckRun } from '../stuck-run.ts';

const snapshot = snapshotOf(stuckRun());
const [root] = snapshot.executions;
if (!root) throw new Error('the run has an execution');
const rows = waterfallRows(snapshot, root);

describe('the states of a graph', () => {
  test('are in the order of the way taken, and those that were not reached come last', () => {
    const [parent, child] = snapshot.graphs.map((graph, index) =>
      graphStates(graph, rowsByExecution(rows).get(snapshot.executions[index]?.arn ?? '') ?? []),
    );
    expect(parent?.map(({ node, row }) => [node.name, row?.state])).toEqual([
      ['Start child', 'stuck'],
      ['Child failed', 'failed'],
      ['Outcome', undefined],
    ]);
    expect(child?.map(({ node, row, around, isAround }) => [node.name, row?.state, around?.label, isAround])).toEqual([
      ['Analyze objects', 'succeeded', undefined, true],
      ['Consolidate', 'succeeded', undefined, false],
      ['Batch', undefined, 'Analyze objects', false],
    ]);
  });
});

describe('runs on the strip', () => {
  const many = snapshotOf(largeRun({ runs: 999 }));
  const end = many.at;

  test('are marks of their own while there are few', () => {
    expect(
      stripRuns(statedRuns(snapshot), { from: start, to: end }, 200).map(({ state, count }) => [state, count]),
    ).toEqual([['failed', 1]]);
  });

  test('are drawn together where there are many, none of them left out, in the worst state', () => {
    const runs = statedRuns(many).map((each, index) => ({
      run: { ...each.run, startedAt: start + index * 4_000 },
      state: index % 400 === 0 ? ('stuck' as const) : ('succeeded' as const),
    }));
    const marks = stripRuns(runs, { from: start, to: end }, 200);
    expect(marks.length).toBeLessThanOrEqual(200);
    expect(marks.reduce((sum, { count }) => sum + count, 0)).toBe(1_000);
    expect(marks.filter(({ state }) => state === 'stuck')).toHaveLength(3);
  });
});

describe('denied calls in a gap', () => {
  const family = snapshot.executions;

  test('are those of the accounts of the family', () => {
    expect(deniedBetween(snapshot.decisions, family, { from: start, to: start + 60_000 })).toBe(12);
    const elsewhere = snapshot.decisions.map((decision) => ({ ...decision, account: '111111111111' }));
    expect(deniedBetween(elsewhere, family, { from: start, to: start + 60_000 })).toBe(0);
  });
});

describe('a key in the tree', () => {
  // Parent, its state, the child, two states of the child, denied calls, a state.
  test.each([
    ['ArrowDown', 0, true, { kind: 'focus', place: 1 }],
    ['ArrowUp', 0, true, { kind: 'focus', place: 0 }],
    ['End', 0, true, { kind: 'focus', place: 6 }],
    ['Home', 4, undefined, { kind: 'focus', place: 0 }],
    ['PageDown', 1, true, { kind: 'focus', place: 6 }],
    ['PageUp', 1, true, { kind: 'focus', place: 0 }],
    ['ArrowRight', 1, false, { kind: 'unfold' }],
    ['l', 1, true, { kind: 'focus', place: 2 }],
    ['ArrowRight', 3, undefined, undefined],
    ['ArrowLeft', 1, true, { kind: 'fold' }],
    ['h', 4, undefined, { kind: 'focus', place: 2 }],
    ['ArrowLeft', 2, false, { kind: 'focus', place: 1 }],
    ['ArrowLeft', 0, false, undefined],
    ['x', 0, true, undefined],
  ])('%s on row %i, unfolded: %s', (key, place, isExpanded, expected) => {
    expect(treeMove(key, rows, place, isExpanded)).toEqual(expected);
  });

  test('knows the row above', () => {
    expect(rows.map((_, place) => placeAbove(rows, place))).toEqual([-1, 0, 1, 2, 2, 1, 0]);
  });
});
