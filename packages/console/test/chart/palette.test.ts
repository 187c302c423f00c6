import { describe, expect, test } from 'vitest';
import { type Candidate, candidatesOf } from '../../src/chart/palette-candidates.ts';
import { ranked, searched } from '../../src/chart/palette-ranking.ts';
import { runView, type View } from '../../src/models/address.ts';
import { snapshotOf } from '../../src/server/snapshot.ts';
import { stuckRun } from '../stuck-run.ts';

const views = [
  { name: 'now', word: 'Now', view: { name: 'now' } },
  { name: 'gamedays', word: 'Game days', view: { name: 'gamedays' } },
] as const;

const named = (text: string, kind = 'Run', hint = ''): Candidate => ({ kind, text, hint, target: 'keys' });

const found = (candidates: readonly Candidate[], query: string): readonly string[] =>
  ranked(searched(candidates), query, 50).map(({ text }) => text);

describe('the palette finds', () => {
  const snapshot = snapshotOf(stuckRun());
  const of = (open = snapshot.executions[0]?.arn ?? ''): readonly Candidate[] =>
    candidatesOf(snapshot, views, { view: open === '' ? { name: 'now' } : runView(open, 'history'), models: snapshot });

  test.each([
    ['views', 'View', ['Now', 'Game days']],
    ['runs', 'Run', ['wind-speed parent run-1']],
    ['executions that others started', 'Execution', ['wind-speed child run-1']],
    ['accounts', 'Account', ['wind-parent-dev', 'wind-child-dev']],
    [
      'states of the run that is open',
      'State',
      ['Start child', 'Outcome', 'Child failed', 'Analyze objects', 'Batch', 'Consolidate'],
    ],
    ['roles', 'Role', ['target']],
    ['what roles asked for', 'Permission', ['states:DescribeExecution']],
  ])('%s', (_name, kind, texts) => {
    expect(
      of()
        .filter((each) => each.kind === kind)
        .map(({ text }) => text),
    ).toEqual(texts);
  });

  test('no state where no run is open', () => {
    expect(of('').filter(({ kind }) => kind === 'State')).toEqual([]);
  });

  test('a state where it is drawn', () => {
    const [state] = of().filter(({ text }) => text === 'Analyze objects');
    expect(state?.target).toEqual({
      view: expect.objectContaining({ machine: 'child', view: 'graph' }) as unknown,
      state: 'Analyze objects',
    });
  });

  test('imported runs, and a state of the one that is open in its import', () => {
    const view = { ...runView(snapshot.executions[0]?.arn ?? '', 'data'), imported: 'abc' } as View;
    const all = candidatesOf(
      { ...snapshot, executions: [] },
      views,
      { view, models: snapshot },
      new Map([['abc', { snapshot }]]),
    );
    const runs = all.filter(({ kind }) => kind === 'Imported run');
    expect(runs.map(({ text }) => text)).toEqual(['wind-speed parent run-1', 'wind-speed child run-1']);
    for (const each of [runs[0], all.find(({ kind }) => kind === 'State')])
      expect(each?.target).toHaveProperty('view.imported', 'abc');
  });
});

describe('what is asked', () => {
  test.each([
    ['the beginning before the inside', ['know', 'Now', 'nowhere'], 'now', ['Now', 'nowhere', 'know']],
    [
      'the beginning of a word before its inside',
      ['winded wind', 'rewind', 'far wind'],
      'wind',
      ['winded wind', 'far wind', 'rewind'],
    ],
    ['the initials of words', ['Game days', 'wind-speed parent', 'StartExecution'], 'wsp', ['wind-speed parent']],
    [
      'the initials of joined words',
      ['StartExecution', 'StopExecution', 'DescribeExecution'],
      'se',
      ['StartExecution', 'StopExecution'],
    ],
    [
      'all words, in any order',
      ['wind-speed parent run-1', 'wind-speed child run-1'],
      'run par',
      ['wind-speed parent run-1'],
    ],
    ['nothing', ['wind-speed'], 'gust', []],
    ['everything in its order', ['b', 'a'], '  ', ['b', 'a']],
    ['signs as they are', ['<img src=x>', '__proto__', 'constructor'], '__p', ['__proto__']],
  ])('finds %s', (_name, texts, query, expected) => {
    expect(
      found(
        texts.map((text) => named(text)),
        query,
      ),
    ).toEqual(expected);
  });

  test('is looked for in kind and hint, after names', () => {
    expect(found([named('one', 'Run', 'failed 111111111111'), named('failed')], 'failed')).toEqual(['failed', 'one']);
    expect(found([named('one', 'Run', 'failed'), named('two', 'Alarm')], 'alarm')).toEqual(['two']);
  });

  test('has at most as many answers as are drawn, the best of 10,000', () => {
    const many = Array.from({ length: 10_000 }, (_, index) => named(`wind-speed parent run-${index}`));
    const all = searched([...many, named('run')]);
    const best = ranked(all, 'run', 50);
    expect(best).toHaveLength(50);
    expect(best[0]?.text).toBe('run');
  });
});
