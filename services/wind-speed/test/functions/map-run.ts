import { analyze } from '../../functions/analyze.ts';
import { consolidate } from '../../functions/consolidate.ts';
import { convert } from '../../functions/convert.ts';
import type { SampleObject } from '../../sample/generate-objects.ts';
import { MemoryStore } from './memory-store.ts';

const manifest = { Bucket: 'results', Key: 'map-runs/run/manifest.json' };

/** Batches of a Map Run besides those that succeeded. */
export interface OtherBatches {
  readonly failed?: readonly object[];
  readonly pending?: readonly object[];
}

/** A store whose source bucket holds the objects. */
export function storeWith(objects: Iterable<SampleObject>): MemoryStore {
  const store = new MemoryStore();
  for (const { key, body } of objects) store.contents.set(`source/${key}`, body);
  return store;
}

/** Analyzes one batch after the other, as the Map's child executions do. */
export async function analyzeBatches(store: MemoryStore, batches: readonly (readonly string[])[]) {
  const handler = analyze({
    store,
    sourceBucket: 'source',
    resultsBucket: 'results',
    toleratedFailurePercentage: 5,
    emit: () => undefined,
    clock: () => 0,
  });
  const pointers = [];
  for (const [index, keys] of batches.entries()) {
    const Items = keys.map((Key) => ({ Key, Size: 1, Etag: '"0"', LastModified: 1 }));
    pointers.push(await handler({ Items, BatchInput: { execution: 'run' }, batch: `batch-${index}` }));
  }
  return pointers;
}

/** Writes what a ResultWriter writes (COMPACT, JSONL), and consolidates it. */
export async function consolidateRun(
  store: MemoryStore,
  outputs: readonly object[],
  others: OtherBatches = {},
  emitted: object[] = [],
) {
  const files = { SUCCEEDED: outputs, FAILED: others.failed ?? [], PENDING: others.pending ?? [] };
  const ResultFiles: Record<string, { Key: string; Size: number }[]> = {};
  for (const [status, records] of Object.entries(files)) {
    const Key = `map-runs/run/${status}_0.jsonl`;
    const text = records.map((record) => `${JSON.stringify(record)}\n`).join('');
    ResultFiles[status] = records.length === 0 ? [] : [{ Key, Size: text.length }];
    store.contents.set(`results/${Key}`, Buffer.from(text));
  }
  const text = JSON.stringify({ DestinationBucket: 'results', MapRunArn: 'arn:aws:states:…', ResultFiles });
  store.contents.set(`${manifest.Bucket}/${manifest.Key}`, Buffer.from(text));
  return consolidate({ store, resultsBucket: 'results', emit: (values) => emitted.push(values) })({
    execution: 'run',
    manifest,
  });
}

/** The whole way from batches of keys to the final output. */
export async function analyzeAll(store: MemoryStore, batches: readonly (readonly string[])[], others?: OtherBatches) {
  const { consolidated } = await consolidateRun(store, await analyzeBatches(store, batches), others);
  return convert({ store, resultsBucket: 'results' })({
    execution: 'run',
    consolidated,
  });
}
