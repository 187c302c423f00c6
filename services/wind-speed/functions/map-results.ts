import { z } from 'zod';
import type { ObjectFailure } from '../domain/object-failure.ts';
import type { ObjectStore } from './object-store.ts';
import type { PartialPointer } from './partial-pointer.ts';
import { partialPointer } from './partial-pointer.ts';

const files = z.array(z.object({ Key: z.string() })).default([]);

/** The manifest that a Distributed Map's ResultWriter leaves. */
const manifestSchema = z.object({
  ResultFiles: z.object({ SUCCEEDED: files, FAILED: files, PENDING: files }),
});

/** A batch that failed (with Error and Cause) or never started; a ResultWriter does not transform these. */
const lostBatch = z.object({
  Input: z.string().optional(),
  Status: z.string().default('FAILED'),
  Error: z.string().optional(),
  Cause: z.string().optional(),
});
const lostInput = z.object({ Items: z.array(z.object({ Key: z.string() })) });

/** Results of the batches of a Map Run. */
export interface MapResults {
  readonly pointers: readonly PartialPointer[];
  readonly lostBatches: number;
  readonly lostObjects: number;
  /** One for each lost batch, under the key of its first object. */
  readonly failures: readonly ObjectFailure[];
}

/** Reads the result files of a Map Run (JSON lines; WriterConfig COMPACT) through their manifest. */
export async function readMapResults(
  store: ObjectStore,
  { Bucket: bucket, Key: key }: { readonly Bucket: string; readonly Key: string },
): Promise<MapResults> {
  const text = new TextDecoder().decode(await store.get({ bucket, key }));
  const { ResultFiles } = manifestSchema.parse(JSON.parse(text));
  const pointers: PartialPointer[] = [];
  for (const file of ResultFiles.SUCCEEDED) {
    for await (const line of records(store, bucket, file.Key)) pointers.push(partialPointer.parse(line));
  }
  let lostObjects = 0;
  const failures: ObjectFailure[] = [];
  for (const file of [...ResultFiles.FAILED, ...ResultFiles.PENDING]) {
    for await (const line of records(store, bucket, file.Key)) {
      const { count, failure } = readLostBatch(line);
      lostObjects += count;
      failures.push(failure);
    }
  }
  return { pointers, lostBatches: failures.length, lostObjects, failures };
}

async function* records(store: ObjectStore, bucket: string, key: string): AsyncGenerator {
  for await (const line of store.lines({ bucket, key })) {
    if (line !== '') yield JSON.parse(line);
  }
}

function readLostBatch(line: unknown): { readonly count: number; readonly failure: ObjectFailure } {
  const { Input, Status, Error: error, Cause } = lostBatch.parse(line);
  const keys = Input === undefined ? [] : lostInput.parse(JSON.parse(Input)).Items.map(({ Key }) => Key);
  const reason = [`batch of ${keys.length} objects ${Status.toLowerCase()}`, error, Cause?.slice(0, 300)];
  return {
    count: keys.length,
    failure: { key: keys[0] ?? '', reason: reason.filter((part) => part !== undefined).join(': ') },
  };
}
