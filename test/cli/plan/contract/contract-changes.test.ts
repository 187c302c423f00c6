import { beforeAll, describe, expect, inject, test } from 'vitest';
import { synthesize } from '../../../../cli/local/synthesize.ts';
import { contractChanges } from '../../../../cli/plan/contract/contract-changes.ts';
import { stageCountsFile } from '../../../platform-file.ts';
import { temporaryDirectory } from '../../../temporary-directory.ts';
import { clone } from '../../../workloads.ts';
import { changedAssembly, type Replacement, sideOf } from '../changed-assembly.ts';
import { silent } from '../interrupted.ts';
import { answers, checkOf, checksOf, onChild, onlyCheck, onParent, payload, reads, renamed } from './meeting.ts';

describe('a field that the child renames in its output', () => {
  test('is found between the old caller and the new child, and the other way round, with state and path', async () => {
    const check = await checkOf([reads('objects')], [reads('texts'), renamed]);
    expect(check).toMatchObject({
      tenant: 'word-count',
      wave: 'dev',
      alike: [{ tenant: 'word-count', wave: 'prod' }],
      changedStages: ['child', 'parent'],
      input: 'sample',
      withNewSample: true,
    });
    expect(check.missing).toBeUndefined();
    expect(check.differences).toMatchObject([
      {
        mix: { during: 'deploying', stages: { child: 'new', parent: 'old' } },
        what: 'status',
        stage: 'parent',
        workflow: 'crosswind-word-count-parent',
        state: 'Outcome',
        old: 'SUCCEEDED',
        new: 'SUCCEEDED',
        mixed: 'FAILED',
        error: 'States.QueryEvaluationError',
        missed: { path: '$.Output.objects', expected: 0 },
      },
      {
        mix: { during: 'rolling back', stages: { child: 'old', parent: 'new' } },
        what: 'status',
        stage: 'parent',
        state: 'Outcome',
        missed: { path: '$.Output.texts', expected: 0 },
      },
    ]);
  });

  test('is found without an error, where the old caller takes another value instead', async () => {
    const counted = `{ 'objects': 12, 'words': ${payload}.words }`;
    const check = await checkOf(
      [reads('objects', -1), answers(counted)],
      [reads('texts', -1), answers(counted.replace('objects', 'texts'))],
    );
    expect(check.differences).toMatchObject([
      {
        mix: { during: 'deploying' },
        what: 'output',
        stage: 'parent',
        state: 'Outcome',
        path: '$.result.objects',
        old: 12,
        new: 12,
        mixed: -1,
        missed: { path: '$.Output.objects', expected: 12 },
      },
      { mix: { during: 'rolling back' }, what: 'output', missed: { path: '$.Output.texts', expected: 12 } },
    ]);
  });

  test('is found in the new stages alone, where the caller still reads the old name', async () => {
    const check = await checkOf([reads('objects')], [reads('objects'), renamed]);
    expect(check).toMatchObject({ changedStages: ['child'], mixes: [] });
    expect(check.differences).toMatchObject([
      {
        mix: { during: 'deployed', stages: { child: 'new', parent: 'new' } },
        what: 'status',
        stage: 'parent',
        state: 'Outcome',
        mixed: 'FAILED',
        missed: { path: '$.Output.objects', expected: 0 },
      },
    ]);
  });

  test('is found by the check of the sample, where the caller passes on whatever comes', async () => {
    const check = await checkOf([], [renamed]);
    expect(check.differences).toMatchObject([
      { what: 'problems', stage: 'parent', mixed: ['result.objects must be 0, got undefined'], old: [] },
    ]);
  });
});

describe('a field that the parent renames in the input of the child', () => {
  test('is found in the first state of the child that reads it', async () => {
    const input = '"Input":{"prefix":"{% $exists($states.input.prefix) ? $states.input.prefix';
    const check = await checkOf(
      [],
      [
        onParent(input, input.replace('"prefix"', '"begin"')),
        onChild('"Prefix":"{% $states.input.prefix %}"', '"Prefix":"{% $states.input.begin %}"'),
      ],
    );
    expect(check.differences).toMatchObject([
      {
        mix: { during: 'deploying' },
        what: 'status',
        stage: 'child',
        state: 'Count texts',
        missed: { path: '$.begin', expected: 'samples/' },
      },
      { mix: { during: 'rolling back' }, stage: 'child', missed: { path: '$.prefix', expected: 'samples/' } },
    ]);
  });
});

describe('a change that is compatible', () => {
  test.each<[what: string, before: readonly Replacement[], after: readonly Replacement[], stages: readonly string[]]>([
    [
      'one more field in the output',
      [reads('objects')],
      [reads('objects'), answers(`$merge([${payload}, { 'more': 1 }])`)],
      ['child'],
    ],
    ['another duration inside of the child', [], [onChild('"MaxAttempts":8', '"MaxAttempts":9')], ['child']],
    [
      'other names of states in both',
      [],
      [onChild('Sum the counts', 'Add the counts'), onParent('"Outcome"', '"Result"')],
      ['child', 'parent'],
    ],
  ])('passes: %s', async (_, before, after, changedStages) => {
    const check = await checkOf(before, after);
    expect(check).toMatchObject({ changedStages, differences: [] });
    expect(check.missing).toBeUndefined();
    expect(check.mixes).toHaveLength(changedStages.length === 1 ? 0 : 2);
  });
});

test('a field that a new caller reads if it is there is missing only after a rollback of the child', async () => {
  const more = '"more":"{% $exists($states.input.Output.more) ? $states.input.Output.more : 0 %}"';
  const words = '"words":"{% $states.input.Output.words %}"';
  const { from, to } = reads('objects');
  const check = await checkOf(
    [reads('objects')],
    [onParent(from, to.replace(words, `${words},${more}`)), answers(`$merge([${payload}, { 'more': 1 }])`)],
  );
  expect(check.mixes).toHaveLength(2);
  expect(check.differences).toMatchObject([
    { mix: { during: 'rolling back' }, what: 'output', state: 'Outcome', path: '$.result.more', new: 1, mixed: 0 },
  ]);
});

test('a value that two runs of the same stages do not share is chance, and no difference', async () => {
  const chance = answers(`$merge([${payload}, { 'chance': $millis() % 1000 }])`);
  const check = await checkOf(
    [chance],
    [chance, onChild('"MaxAttempts":8', '"MaxAttempts":9'), onParent('"Outcome"', '"Result"')],
  );
  expect(check.mixes).toHaveLength(2);
  expect(check.differences).toEqual([]);
});

describe('no stage is run', () => {
  test('where its wave is frozen', async () => {
    const side = sideOf(changedAssembly(inject('assembly'), [renamed]));
    const waves = side.platform.waves.map((wave) => ({ ...wave, frozen: true }));
    const frozen = { ...side, platform: { ...side.platform, waves } };
    const props = { clone, terminal: silent, signal: new AbortController().signal };
    expect(await contractChanges(sideOf(inject('assembly')), frozen, props)).toEqual({ checks: [] });
  });

  test('where nothing changes', async () => {
    expect(await checksOf(inject('assembly'), inject('assembly'))).toEqual([]);
  });

  test('where something else than a stage changes', async () => {
    const after = changedAssembly(inject('assembly'), [
      { stack: 'observability/Fleet', from: 'GreaterThan', to: 'LessThan' },
    ]);
    expect(await checksOf(inject('assembly'), after)).toEqual([]);
  });
});

describe('three stages, of which the one in the middle does not change', () => {
  const assembly = temporaryDirectory();
  beforeAll(() => synthesize({ clone, file: stageCountsFile, directory: assembly, quickly: ['**'] }));

  test('do not hide that the last one renames a field that the first one reads', async () => {
    const answer = '"Answer":{"Type":"Pass","Output":"{% $states.input.Output %}"';
    const after = changedAssembly(assembly, [
      { stack: 'dev-chain/Last', from: '"Output":{"greeting"', to: '"Output":{"greet"' },
      {
        stack: 'dev-chain/Entry',
        from: answer,
        to: answer.replace('"{% $states.input.Output %}"', '{"greeting":"{% $states.input.Output.greet %}"}'),
      },
    ]);
    const check = onlyCheck(await checksOf(assembly, after));
    expect(check).toMatchObject({ tenant: 'chain', changedStages: ['last', 'entry'] });
    expect(check.mixes.map(({ stages }) => stages)).toEqual([
      { last: 'new', middle: 'new', entry: 'old' },
      { last: 'old', middle: 'new', entry: 'new' },
    ]);
    expect(check.differences).toMatchObject([
      { what: 'problems', stage: 'entry', mixed: ['greeting must be "hello", got undefined'] },
      { what: 'status', stage: 'entry', state: 'Answer', missed: { path: '$.Output.greet', expected: 'hello' } },
    ]);
  });

  test('are not run where a stage moves to another account', async () => {
    const side = sideOf(assembly);
    const [front, moved] = ['333333333333', '777777777777'];
    const there = <Value>(value: Value): Value => JSON.parse(JSON.stringify(value).replaceAll(front, moved)) as Value;
    const platform = there(side.platform);
    const stacks = side.stacks.map((stack) => ({ ...there({ ...stack, assets: [] }), assets: stack.assets }));
    const { checks } = await contractChanges(
      side,
      { ...side, platform, stacks },
      {
        clone,
        terminal: silent,
        signal: new AbortController().signal,
      },
    );
    expect(checks).toMatchObject([
      {
        tenant: 'chain',
        mixes: [],
        differences: [],
        missing: expect.stringContaining('from account 333333333333 to 777777777777') as string,
      },
    ]);
  });
});

test('a sample that cannot be run is missing with the reason', async () => {
  const broken = onChild('"StartAt":"Count texts"', '"StartAt":"No such state"');
  const check = await checkOf([], [broken]);
  expect(check).toMatchObject({ differences: [], mixes: [] });
  expect(check.missing).toMatch(/No such state/);
});
