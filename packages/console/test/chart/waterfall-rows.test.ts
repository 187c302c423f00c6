import { describe, expect, test } from 'vitest';
import { interleaved } from '../../src/chart/interleaved.ts';
import { visibleRows } from '../../src/chart/row-lists.ts';
import { waterfallRows } from '../../src/chart/waterfall-rows.ts';
import { ticksOf, waterfallScale } from '../../src/chart/waterfall-scale.ts';
import { lineKey, wayTaken } from '../../src/chart/way-taken.ts';
import { snapshotAt } from '../../src/models/at-time.ts';
import { familyOf, shownState } from '../../src/models/family.ts';
import { snapshotOf } from '../../src/server/snapshot.ts';
import { start, stuckRun } from '../stuck-run.ts';

const snapshot = snapshotOf(stuckRun());
const [root] = snapshot.executions;
if (!root) throw new Error('the run has an execution');
const rows = waterfallRows(snapshot, root);

describe('the waterfall of a stuck parent', () => {
  test('has the child below the state that started it, and its denied polls after it', () => {
    expect(rows.map(({ depth, kind, label, state }) => [depth, kind, label, state])).toEqual([
      [0, 'execution', 'wind-speed parent', 'failed'],
      [1, 'state', 'Start child', 'stuck'],
      [2, 'execution', 'wind-speed child', 'succeeded'],
      [3, 'state', 'Analyze objects', 'succeeded'],
      [3, 'state', 'Consolidate', 'succeeded'],
      [2, 'denied', 'states:DescribeExecution', 'denied'],
      [1, 'state', 'Child failed', 'failed'],
    ]);
  });

  test('says in which account and as which role the child ran', () => {
    expect(rows[2]?.note).toBe('wind-child-dev 444444444444 as target');
  });

  test('shows from when on the state was stuck', () => {
    expect(rows[1]?.spans.map(({ kind, from }) => [kind, from - start])).toEqual([
      ['running', 0],
      ['stuck', 2_884],
    ]);
  });

  test('collapses the time in which only polls come', () => {
    const scale = waterfallScale(rows, snapshot.at, 900);
    const idle = scale.segments.filter(({ isIdle }) => isIdle);
    expect(idle.map(({ from, to }) => [from - start, to - start])).toEqual([[5_000, 4_500_000]]);
    expect(ticksOf(scale).every(({ x }, index, all) => index === 0 || x - (all[index - 1]?.x ?? 0) >= 72)).toBe(true);
    expect(ticksOf(scale).length).toBeGreaterThan(3);
  });

  test('folds what is below a row', () => {
    const [, started] = rows;
    expect(visibleRows(rows, new Set([started?.key ?? ''])).map(({ label }) => label)).toEqual([
      'wind-speed parent',
      'Start child',
      'Child failed',
    ]);
    expect(visibleRows(rows, new Set())).toEqual(rows);
  });

  test('at an earlier time is as it was then', () => {
    const then = snapshotAt(snapshot, start + 600_000);
    const [early] = then.executions;
    const shown = early ? waterfallRows(then, early) : [];
    expect(shown.map(({ label, state }) => [label, state])).toEqual([
      ['wind-speed parent', 'stuck'],
      ['Start child', 'stuck'],
      ['wind-speed child', 'succeeded'],
      ['Analyze objects', 'succeeded'],
      ['Consolidate', 'succeeded'],
      ['states:DescribeExecution', 'denied'],
    ]);
    expect(shown.at(-1)?.note).toBe('120 denied');
    expect(early && shownState(early, then.verdicts)).toBe('stuck');
  });
});

describe('the history of a family', () => {
  const family = familyOf(snapshot.executions, root);

  test('is in the order of time, with the gap as a row of its own', () => {
    const all = interleaved(family, snapshot.events, snapshot.at);
    const gaps = all.filter((row) => row.kind === 'gap');
    expect(gaps.map(({ from, to }) => [from - start, to - start])).toEqual([[2_884, 4_500_000]]);
    const events = all.flatMap((row) => (row.kind === 'event' ? [row] : []));
    expect(events).toHaveLength(22);
    expect(events.every(({ event }, index) => index === 0 || event.at >= (events[index - 1]?.event.at ?? 0))).toBe(
      true,
    );
    expect(events.find(({ event }) => event.type === 'TaskSubmitted')?.state).toBe('Start child');
  });

  test('ends with a gap while nothing comes', () => {
    const then = snapshotAt(snapshot, start + 600_000);
    expect(interleaved(then.executions, then.events, then.at).at(-1)).toEqual({
      kind: 'gap',
      from: start + 2_884,
      to: start + 600_000,
    });
  });
});

test('the way that was taken leads over the caught error to the end of the parent', () => {
  const [graph] = snapshot.graphs;
  const events = snapshot.events.find(({ execution }) => execution === root.arn);
  if (!graph) throw new Error('the parent has a graph');
  const idOf = (name: string): string => graph.nodes.find((node) => node.name === name)?.id ?? '';
  const taken = wayTaken(graph, events, root.stoppedAt);
  expect(taken).toEqual(
    new Set([lineKey(idOf('start'), idOf('Start child')), lineKey(idOf('Start child'), idOf('Child failed'))]),
  );
});
