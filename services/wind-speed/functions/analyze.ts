import pMap from 'p-map';
import { z } from 'zod';
import type { Emit } from '../../../blocks/observability/emit-metrics.ts';
import type { batchMetrics } from '../metrics.ts';
import type { ObjectFailure } from '../domain/object-failure.ts';
import { tooManyFailures } from '../domain/object-failure.ts';
import { parseObject } from '../domain/parse-object.ts';
import { encodePartial } from '../domain/partial.ts';
import type { StationYear } from '../domain/station-year.ts';
import { keyPart, partialKey } from './execution-keys.ts';
import type { ObjectStore } from './object-store.ts';
import { UnreadableObject } from './object-store.ts';
import type { PartialPointer } from './partial-pointer.ts';
import { assertSmall } from './partial-pointer.ts';

/** One batch of a Distributed Map over S3 objects, with the names that make the key of its result. */
export const analyzeEvent = z.object({
  Items: z.array(z.object({ Key: z.string().min(1), Size: z.number().optional() })),
  BatchInput: z.object({ execution: keyPart }),
  batch: keyPart,
});

export interface AnalyzePorts {
  readonly store: ObjectStore;
  readonly sourceBucket: string;
  readonly resultsBucket: string;
  /** Share of the objects of a batch that may fail, in percent: the setting that the Map has, too. */
  readonly toleratedFailurePercentage: number;
  readonly emit: Emit<typeof batchMetrics>;
  /** Milliseconds since any fixed time. */
  readonly clock: () => number;
}

/**
 * Objects read at once. With 30 ms to the first byte, 32 in flight fetch a batch of 500 in about a second, which is as
 * fast as one core follows; more only hold memory.
 */
const concurrency = 32;

/** A batch lost more objects than is tolerated. */
export class TooManyFailedObjects extends Error {
  override readonly name = 'TooManyFailedObjects';
}

/** Sums the wind of a batch of objects by station and month, stores that, and answers where. */
export const analyze =
  ({ store, sourceBucket, resultsBucket, toleratedFailurePercentage: tolerated, emit, clock }: AnalyzePorts) =>
  async (event: unknown): Promise<PartialPointer> => {
    const begun = clock();
    const { Items, BatchInput, batch } = analyzeEvent.parse(event);
    const keys = Items.filter((item) => !isFolder(item)).map(({ Key }) => Key);
    const stationYears: StationYear[] = [];
    const failures: ObjectFailure[] = [];
    const leftOut: ObjectFailure[] = [];
    let fastPathObjects = 0;
    let bytes = 0;

    const read = async (key: string) => {
      const parsed = await readObject(store, sourceBucket, key);
      bytes += parsed.bytes;
      if (!parsed.ok) {
        failures.push({ key, reason: parsed.problem });
        return;
      }
      for (const stationYear of parsed.stationYears) stationYears.push({ ...stationYear, key });
      if (parsed.leftOut !== undefined) leftOut.push({ key, reason: parsed.leftOut });
      if (parsed.fastPath) fastPathObjects += 1;
    };
    await pMap(keys, read, { concurrency });
    // Also of a batch that is given up.
    const readable = keys.length - failures.length;
    emit({
      Objects: keys.length,
      FailedObjects: failures.length,
      FastPathShare: readable === 0 ? undefined : (100 * fastPathObjects) / readable,
      Bytes: bytes,
      BatchDuration: clock() - begun,
    });
    if (tooManyFailures(keys.length, failures.length, tolerated))
      throw new TooManyFailedObjects(whatFailed(keys.length, failures, tolerated));

    const result = { ...BatchInput, batch, objects: keys.length, failures, leftOut, stationYears };
    const partial = partialKey(BatchInput.execution, batch);
    await store.put(
      { bucket: resultsBucket, key: partial },
      `${encodePartial(result).join('\n')}\n`,
      'application/x-ndjson',
    );
    const years = [...new Set(Array.from(stationYears, ({ year }) => year))].sort((a, b) => a - b);
    const counts = { objects: keys.length, failed: failures.length, fastPathObjects };
    return assertSmall({ partial, years, ...counts, ...(leftOut.length > 0 && { leftOut: leftOut.length }) });
  };

/** The S3 console makes a folder by an empty object whose key ends in a slash. */
const isFolder = ({ Key, Size }: { Key: string; Size?: number | undefined }) => Key.endsWith('/') && Size === 0;

async function readObject(store: ObjectStore, bucket: string, key: string) {
  try {
    const body = await store.get({ bucket, key });
    return { ...parseObject(body), bytes: body.length };
  } catch (error) {
    if (error instanceof UnreadableObject) return { ok: false as const, problem: error.message, bytes: 0 };
    throw error;
  }
}

function whatFailed(objects: number, failures: readonly ObjectFailure[], toleratedPercentage: number): string {
  const first = failures.slice(0, 3).map(({ key, reason }) => `${key}: ${reason}`);
  return `${failures.length} of ${objects} objects failed, more than ${toleratedPercentage} %; ${first.join('; ')}`;
}
