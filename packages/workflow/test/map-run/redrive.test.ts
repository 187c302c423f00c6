import fc from 'fast-check';
import { expect, test } from 'vitest';
import { mapRunStep } from '../../src/map-run/map-run.ts';
import type { MapRunEffect, MapRunEvent } from '../../src/map-run/protocol.ts';
import type { MapRunSpec } from '../../src/map-run/spec.ts';
import { mapRunCounts, newMapRun } from '../../src/map-run/state.ts';
import { T0 } from '../simulate.ts';

type News = MapRunEvent extends infer Each ? (Each extends { at: number } ? Omit<Each, 'at'> : never) : never;

interface Wanted {
  readonly items: number;
  readonly pageSize: number;
  readonly batchSize: number;
  readonly maxConcurrency: number;
  readonly toleratedFailureCount: number;
  readonly writes: boolean;
}

const specOf = ({ batchSize, maxConcurrency, toleratedFailureCount, writes }: Wanted): MapRunSpec => ({
  mapRunArn: 'arn:aws:states:eu-west-1:111111111111:mapRun:wind/Gusts:0f0f',
  label: 'Gusts',
  state: 'Gusts',
  processor: { StartAt: 'P', States: { P: { Type: 'Pass', QueryLanguage: 'JSONata', End: true } } },
  executionType: 'EXPRESS',
  items: { from: 'reader', reader: { action: 'listObjectsV2', arguments: {} }, maxItems: Infinity },
  batch: { maxItems: batchSize },
  maxConcurrency,
  tolerated: { count: toleratedFailureCount },
  transformation: 'COMPACT',
  ...(writes && { writer: { bucket: 'results', folder: 'runs/0f0f', outputType: 'JSON' } }),
});

/** Runs a Map Run whose children fail as `fails` says of their n-th start, and redrives it until it succeeds. */
async function driven(wanted: Wanted, fails: (index: number, attempt: number) => boolean) {
  let state = newMapRun(specOf(wanted));
  let queue: News[] = [{ kind: 'started' }];
  const starts: number[] = [];
  const succeeded = new Set<number>();
  const files = new Map<string, string>();
  let together = 0;
  const perform = (effect: MapRunEffect): void => {
    if (effect.kind === 'read-items') {
      const first = Number(effect.continuation ?? 0);
      const last = Math.min(first + wanted.pageSize, wanted.items);
      const items = Array.from({ length: last - first }, (_, i) => first + i);
      const continuation = last < wanted.items ? String(last) : undefined;
      queue.push({ kind: 'items-read', items, source: 'S3://b', continuation });
    } else if (effect.kind === 'start-child') {
      const { index, input } = effect;
      starts.push(index);
      const attempt = starts.filter((each) => each === index).length;
      if (fails(index, attempt)) queue.push({ kind: 'child-failed', index, status: 'FAILED', error: 'Storm' });
      else queue.push({ kind: 'child-succeeded', index, output: input });
    } else if (effect.kind === 'stop-child') {
      queue = queue.filter((news) => !('index' in news) || news.index !== effect.index);
    } else if (effect.kind === 'write-files') {
      for (const { key, body } of effect.files) files.set(key, body);
      queue.push({ kind: 'files-written' });
    } else if (effect.kind === 'ended' && effect.status !== 'SUCCEEDED') {
      queue = queue.filter(({ kind }) => kind !== 'items-read');
      queue.push({ kind: 'redriven', notRedrivable: [] });
    }
  };
  for (let next = queue.shift(); next && state.redriveCount < 300; next = queue.shift()) {
    if (next.kind === 'child-succeeded') {
      expect(succeeded).not.toContain(next.index);
      succeeded.add(next.index);
    }
    const [after, effects] = await mapRunStep(state, { ...next, at: T0 });
    state = after;
    for (const effect of effects) perform(effect);
    const { executionCounts: counts } = mapRunCounts(state);
    together = Math.max(together, counts.running);
    if (state.phase.kind === 'ended') expect(counts).toMatchObject({ running: 0, pendingRedrive: 0 });
    const { pending, running, aborted, failed, pendingRedrive, total } = counts;
    expect(pending + running + aborted + failed + pendingRedrive + counts.succeeded).toBe(total);
  }
  const outcome = state.phase.kind === 'ended' ? state.phase.outcome : undefined;
  return { outcome, counts: mapRunCounts(state), files, starts, together };
}

test('what waited in vain when a redriven run is stopped counts as what it was before', async () => {
  const two = { items: 2, pageSize: 2, batchSize: 1, maxConcurrency: 1, toleratedFailureCount: 1, writes: false };
  const failed = (index: number) => ({ kind: 'child-failed', index, status: 'FAILED' }) as const;
  const news: readonly News[] = [
    { kind: 'started' },
    { kind: 'items-read', items: ['a', 'b'], source: 'S3://b' },
    failed(0),
    failed(1),
    { kind: 'redriven', notRedrivable: [] },
  ];
  let state = newMapRun(specOf(two));
  for (const each of news) [state] = await mapRunStep(state, { ...each, at: T0 });
  expect(mapRunCounts(state).executionCounts).toMatchObject({ running: 1, pendingRedrive: 1, failed: 0 });
  [state] = await mapRunStep(state, { kind: 'stopped', at: T0 });
  expect(mapRunCounts(state).executionCounts).toMatchObject({ running: 0, pendingRedrive: 0, failed: 1, aborted: 1 });
});

const wanted = fc.record({
  items: fc.integer({ min: 1, max: 40 }),
  pageSize: fc.integer({ min: 1, max: 15 }),
  batchSize: fc.integer({ min: 1, max: 6 }),
  maxConcurrency: fc.integer({ min: 1, max: 8 }),
  toleratedFailureCount: fc.integer({ min: 0, max: 6 }),
  writes: fc.boolean(),
});

test('a run that is redriven until it succeeds comes to what it would have come to, and repeats no success', async () => {
  await fc.assert(
    fc.asyncProperty(
      wanted,
      fc.array(fc.integer({ min: 0, max: 3 }), { minLength: 40, maxLength: 40 }),
      async (each, times) => {
        const untolerant = { ...each, toleratedFailureCount: 0 };
        const undisturbed = await driven({ ...untolerant, writes: false }, () => false);
        const run = await driven({ ...untolerant, writes: false }, (index, attempt) => attempt <= (times[index] ?? 0));
        expect(run.outcome).toEqual(undisturbed.outcome);
        expect(run.counts).toEqual(undisturbed.counts);
        expect(run.together).toBeLessThanOrEqual(each.maxConcurrency);
      },
    ),
  );
});

test('its manifest names every success once, of whichever attempt, and the failures of the last', async () => {
  await fc.assert(
    fc.asyncProperty(
      wanted,
      fc.array(fc.integer({ min: 0, max: 2 }), { minLength: 40, maxLength: 40 }),
      async (each, times) => {
        const run = await driven({ ...each, writes: true }, (index, attempt) => attempt <= (times[index] ?? 0));
        const output = run.outcome?.status === 'SUCCEEDED' ? run.outcome.output : undefined;
        const { ResultWriterDetails: details } = output as unknown as { ResultWriterDetails: { Key: string } };
        const manifest = JSON.parse(run.files.get(details.Key) ?? '') as {
          ResultFiles: Record<'SUCCEEDED' | 'FAILED' | 'PENDING', { Key: string; Size: number }[]>;
        };
        const records = (group: 'SUCCEEDED' | 'FAILED'): readonly unknown[] =>
          manifest.ResultFiles[group].flatMap(({ Key }) => JSON.parse(run.files.get(Key) ?? '') as unknown[]);
        const numbers = (records('SUCCEEDED') as { Items: number[] }[]).flatMap(({ Items }) => Items);
        expect(new Set(numbers).size).toBe(numbers.length);
        expect(numbers).toHaveLength(run.counts.itemCounts.succeeded);
        expect(records('FAILED')).toHaveLength(run.counts.executionCounts.failed);
        expect(manifest.ResultFiles.PENDING).toEqual([]);
      },
    ),
  );
});
