import { describe, expect, test } from 'vitest';
import type { Json } from '@crosswind/aws/json';
import { mapRunStep } from '../../src/map-run/map-run.ts';
import type { MapRunEffect, MapRunEvent } from '../../src/map-run/protocol.ts';
import type { MapRunSpec } from '../../src/map-run/spec.ts';
import { mapRunCounts, newMapRun } from '../../src/map-run/state.ts';
import { T0 } from '../simulate.ts';

const spec: MapRunSpec = {
  mapRunArn: 'arn:aws:states:eu-west-1:111111111111:mapRun:wind/Gusts:0f0f',
  label: 'Gusts',
  state: 'Gusts',
  processor: { StartAt: 'P', States: { P: { Type: 'Pass', QueryLanguage: 'JSONata', End: true } } },
  executionType: 'EXPRESS',
  items: { from: 'state', items: ['a', 'b', 'c', 'd', 'e'] },
  batch: { maxItems: 2 },
  maxConcurrency: 10,
  tolerated: {},
  transformation: 'COMPACT',
};

const reader = { from: 'reader', reader: { action: 'listObjectsV2', arguments: {} }, maxItems: Infinity } as const;
const writer = { bucket: 'results', folder: 'runs/0f0f', outputType: 'JSON' } as const;
const children = {
  succeeded: (index: number, output: Json = index) => ({ kind: 'child-succeeded', index, output }) as const,
};
const failure = (index: number, status: 'FAILED' | 'TIMED_OUT' = 'FAILED') =>
  ({ kind: 'child-failed', index, status, error: 'Storm', cause: 'too windy' }) as const;

type News = MapRunEvent extends infer Each ? (Each extends { at: number } ? Omit<Each, 'at'> : never) : never;

/** Starts a Map Run and sends it these events in order. Returns all its effects and its final state. */
async function run(changes: Partial<MapRunSpec>, ...news: readonly News[]) {
  let state = newMapRun({ ...spec, ...changes });
  const effects: MapRunEffect[] = [];
  for (const each of [{ kind: 'started' } as const, ...news]) {
    const [next, asked] = await mapRunStep(state, { ...each, at: T0 });
    state = next;
    effects.push(...asked);
  }
  return {
    state,
    effects,
    kinds: effects.map(({ kind }) => kind),
    ended: effects.find(({ kind }) => kind === 'ended'),
  };
}

describe('children', () => {
  test('start in order, at most MaxConcurrency at a time', async () => {
    const { effects } = await run({ maxConcurrency: 2 }, children.succeeded(1));
    expect(effects.map((each) => each.kind === 'start-child' && [each.index, each.input])).toEqual([
      [0, { Items: ['a', 'b'] }],
      [1, { Items: ['c', 'd'] }],
      [2, { Items: ['e'] }],
    ]);
  });

  test.each([
    ['as many more as MaxConcurrency is raised by', 1, { maxConcurrency: 3 }, 3],
    ['no more when it is lowered', 2, { maxConcurrency: 1 }, 2],
    ['no more when something else is updated', 1, { tolerated: { count: 1 } }, 1],
  ])('start at once, %s', async (_, maxConcurrency, update, started) => {
    const { kinds } = await run({ maxConcurrency }, { kind: 'updated', ...update });
    expect(kinds).toEqual(Array.from({ length: started }, () => 'start-child'));
  });

  test('start while the listing goes on', async () => {
    const { kinds } = await run(
      { items: reader },
      { kind: 'items-read', source: 'S3://b', items: ['a', 'b', 'c'], continuation: '1' },
    );
    expect(kinds).toEqual(['read-items', 'read-items', 'start-child']);
  });

  test('have names and ARNs that are the same in every run', async () => {
    const [first, again] = await Promise.all([run({}), run({})]);
    expect(first.effects).toEqual(again.effects);
    expect(first.effects[0]).toMatchObject({
      executionArn: expect.stringMatching(
        /^arn:aws:states:eu-west-1:111111111111:express:wind\/Gusts:[0-9a-f-]{36}:[0-9a-f-]{36}$/,
      ) as string,
    });
  });
});

describe('the output', () => {
  const all = [children.succeeded(2, ['z']), children.succeeded(0, ['x']), children.succeeded(1, 'y')];

  test.each([
    ['COMPACT', [['x'], 'y', ['z']]],
    ['FLATTEN', ['x', 'y', 'z']],
  ] as const)('holds what the children gave, in order of the items: %s', async (transformation, output) => {
    expect((await run({ transformation }, ...all)).ended).toEqual({ kind: 'ended', status: 'SUCCEEDED', output });
  });

  test('holds whole records with NONE', async () => {
    const { ended } = await run({ transformation: 'NONE' }, ...all);
    expect(ended).toMatchObject({ output: [{ Status: 'SUCCEEDED', Output: '["x"]' }, {}, {}] });
  });

  test('above 256 KiB fails the run', async () => {
    const large = [0, 1, 2].map((index) => children.succeeded(index, 'x'.repeat(100_000)));
    expect((await run({}, ...large)).ended).toMatchObject({ status: 'FAILED', error: 'States.DataLimitExceeded' });
  });

  test('of a run with nothing to do is empty', async () => {
    expect((await run({ items: { from: 'state', items: [] } })).ended).toMatchObject({
      status: 'SUCCEEDED',
      output: [],
    });
  });
});

describe('failures', () => {
  test('count for all items of their batch', async () => {
    const within = await run({ tolerated: { count: 2 } }, failure(0), children.succeeded(1), children.succeeded(2));
    expect(within.ended).toMatchObject({ status: 'SUCCEEDED', output: [1, 2] });
    const above = await run({ tolerated: { count: 1 } }, failure(0));
    expect(above.ended).toMatchObject({ status: 'FAILED', error: 'States.ExceedToleratedFailureThreshold' });
  });

  test('stop what is still running', async () => {
    const { kinds, state } = await run({ tolerated: { count: 1 } }, failure(0));
    expect(kinds.filter((kind) => kind === 'stop-child')).toHaveLength(2);
    expect(mapRunCounts(state).itemCounts).toMatchObject({ failed: 2, aborted: 3, running: 0, total: 5 });
  });

  test('of the reader, of a start and of an expression fail the run', async () => {
    const read = await run({ items: reader }, { kind: 'read-failed', cause: 'Access denied.' });
    expect(read.ended).toMatchObject({ error: 'States.ItemReaderFailed', cause: 'Access denied.' });
    const start = await run({}, { kind: 'child-start-failed', error: 'States.Permissions' });
    expect(start.ended).toMatchObject({ error: 'States.Permissions' });
    const bindings = { language: 'JSONata', states: {}, variables: {}, at: T0, seed: '' } as const;
    const select = await run({ selector: { template: '{% $nothing %}', bindings } });
    expect(select.ended).toMatchObject({ error: 'States.QueryEvaluationError' });
  });
});

describe('a reader', () => {
  test('stops at MaxItems', async () => {
    const page: News = { kind: 'items-read', source: 'S3://b', items: ['a', 'b', 'c'], continuation: '1' };
    const { kinds, state } = await run({ items: { ...reader, maxItems: 2 } }, page);
    expect(kinds).toEqual(['read-items', 'start-child']);
    expect(mapRunCounts(state).itemCounts.total).toBe(2);
  });

  test('hands each item with its index and source to the selector', async () => {
    const bindings = { language: 'JSONata', states: { context: {} }, variables: {}, at: T0, seed: '' } as const;
    const selector = { template: '{% $states.context.Map.Item %}', bindings };
    const page: News = { kind: 'items-read', source: 'S3://b', items: [{ Key: 'k' }] };
    const { effects } = await run({ items: reader, selector, batch: undefined }, page);
    expect(effects[1]).toMatchObject({ input: { Index: 0, Value: { Key: 'k' }, Source: 'S3://b' } });
  });
});

describe('a result writer', () => {
  const done = [children.succeeded(0), failure(1), children.succeeded(2)];
  const written: News = { kind: 'files-written' };

  test('tries a manifest before any child starts', async () => {
    expect((await run({ writer })).kinds).toEqual(['write-files']);
    expect((await run({ writer }, written)).kinds).toContain('start-child');
  });

  test('writes the results by how they ended, and a manifest that names them', async () => {
    const { effects, ended } = await run(
      { writer, transformation: 'NONE', tolerated: { count: 2 } },
      written,
      ...done,
      written,
    );
    const files = effects.flatMap((each) => (each.kind === 'write-files' ? each.files : [])).slice(1);
    const [succeeded, failed, manifest] = files.map(({ body }) => JSON.parse(body) as Json);
    expect(files.map(({ key }) => key)).toEqual([
      'runs/0f0f/SUCCEEDED_0.json',
      'runs/0f0f/FAILED_0.json',
      'runs/0f0f/manifest.json',
    ]);
    expect(succeeded).toMatchObject([
      { Input: '{"Items":["a","b"]}', Output: '0', Status: 'SUCCEEDED', StartDate: '2026-01-31T12:00:00.000Z' },
      { StateMachineArn: 'arn:aws:states:eu-west-1:111111111111:stateMachine:wind/Gusts' },
    ]);
    expect(failed).toMatchObject([{ Status: 'FAILED', Error: 'Storm', Cause: 'too windy' }]);
    expect(manifest).toEqual({
      DestinationBucket: 'results',
      MapRunArn: spec.mapRunArn,
      ResultFiles: {
        FAILED: [{ Key: 'runs/0f0f/FAILED_0.json', Size: files[1]?.body.length }],
        PENDING: [],
        SUCCEEDED: [{ Key: 'runs/0f0f/SUCCEEDED_0.json', Size: files[0]?.body.length }],
      },
    });
    expect(ended).toMatchObject({
      output: {
        MapRunArn: spec.mapRunArn,
        ResultWriterDetails: { Bucket: 'results', Key: 'runs/0f0f/manifest.json' },
      },
    });
  });

  test('lists what never started, when the run fails', async () => {
    const { effects } = await run({ writer, maxConcurrency: 1 }, written, failure(0, 'TIMED_OUT'));
    const files = effects.flatMap((each) => (each.kind === 'write-files' ? each.files : []));
    const pending = files.find(({ key }) => key.endsWith('PENDING_0.json'));
    expect(JSON.parse(pending?.body ?? '[]')).toEqual([
      { Input: '{"Items":["c","d"]}', InputDetails: { Included: true }, Status: 'PENDING' },
      { Input: '{"Items":["e"]}', InputDetails: { Included: true }, Status: 'PENDING' },
    ]);
  });

  test('writes a line for each record with JSONL', async () => {
    const lines = { ...writer, outputType: 'JSONL' } as const;
    const { effects } = await run({ writer: lines, tolerated: { count: 2 } }, written, ...done);
    const files = effects.flatMap((each) => (each.kind === 'write-files' ? each.files : []));
    expect(files.find(({ key }) => key === 'runs/0f0f/SUCCEEDED_0.jsonl')?.body).toBe('0\n2\n');
  });

  test('that may not write fails the run', async () => {
    const { ended } = await run({ writer }, { kind: 'write-failed', cause: 'Access denied.' });
    expect(ended).toMatchObject({ status: 'FAILED', error: 'States.ResultWriterFailed' });
  });
});

test('a run that is stopped stops its children', async () => {
  const { kinds, ended } = await run({}, { kind: 'stopped' });
  expect(kinds.filter((kind) => kind === 'stop-child')).toHaveLength(3);
  expect(ended).toMatchObject({ status: 'ABORTED' });
});

test('counts say how far a run has come', async () => {
  const { state } = await run({ maxConcurrency: 2, tolerated: { count: 5 } }, failure(0));
  expect(mapRunCounts(state)).toMatchObject({
    itemCounts: { total: 5, failed: 2, running: 3, pending: 0 },
    executionCounts: { total: 3, failed: 1, running: 2, pending: 0 },
  });
});

test('600,000 items in 1,200 batches take seconds', { timeout: 30_000 }, async () => {
  const page = (n: number): News => ({
    kind: 'items-read',
    source: 'S3://b',
    items: Array.from({ length: 1000 }, (_, i) => ({ Key: `2024/${n}-${i}.csv`, Size: 66_500 })),
    continuation: n < 599 ? String(n + 1) : undefined,
  });
  const pages = Array.from({ length: 600 }, (_, n) => page(n));
  const ends = Array.from({ length: 1200 }, (_, index) => children.succeeded(index, null));
  const { state, ended } = await run(
    { items: reader, batch: { maxItems: 500 }, maxConcurrency: 1000 },
    ...pages,
    ...ends,
  );
  expect(ended).toMatchObject({ status: 'SUCCEEDED' });
  expect(mapRunCounts(state).itemCounts).toMatchObject({ succeeded: 600_000, total: 600_000 });
});
