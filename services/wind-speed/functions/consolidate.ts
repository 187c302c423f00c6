import { z } from 'zod';
import type { Emit } from '../../../blocks/observability/emit-metrics.ts';
import type { runMetrics } from '../metrics.ts';
import type { Totals } from '../domain/consolidated.ts';
import { encodeConsolidated, summarize } from '../domain/consolidated.ts';
import { Consolidation } from '../domain/consolidation.ts';
import { type ObjectFailure, sampleFailures } from '../domain/object-failure.ts';
import { consolidatedKey, keyPart } from './execution-keys.ts';
import { readMapResults } from './map-results.ts';
import type { ObjectStore } from './object-store.ts';
import type { PartialPointer } from './partial-pointer.ts';
import { Partials } from './partials.ts';

/** An execution, and where its Map Run left the manifest of its results (`ResultWriterDetails`). */
export const consolidateEvent = z.object({
  execution: keyPart,
  manifest: z.object({ Bucket: z.string().min(1), Key: z.string().min(1) }),
});

export interface ConsolidatePorts {
  readonly store: ObjectStore;
  readonly resultsBucket: string;
  readonly emit: Emit<typeof runMetrics>;
}

/** Where the merged result is, and how much went into it. */
export interface ConsolidateResult extends Pick<
  Totals,
  'objects' | 'batches' | 'failedObjects' | 'failedBatches' | 'stations' | 'stationsWithoutWind' | 'days'
> {
  /** Key in the results bucket. */
  readonly consolidated: string;
}

/** Merges the partial results of all batches, one year after the other, and stores the sums by month and by station. */
export const consolidate =
  ({ store, resultsBucket, emit }: ConsolidatePorts) =>
  async (event: unknown): Promise<ConsolidateResult> => {
    const { execution, manifest } = consolidateEvent.parse(event);
    const { pointers, lostBatches, lostObjects, failures } = await readMapResults(store, manifest);
    const partials = new Partials(store, resultsBucket, pointers);

    const consolidation = new Consolidation();
    const copies: ObjectFailure[] = [];
    for (const year of partials.years) {
      const contributions = await partials.read(year);
      consolidation.addYear(year, contributions.stationYears());
      copies.push(...contributions.leftOut);
    }
    const leftOut = copies.length + sum(pointers, (pointer) => pointer.leftOut ?? 0);

    const result = summarize(consolidation, {
      years: partials.years,
      objects: lostObjects + sum(pointers, (pointer) => pointer.objects),
      batches: lostBatches + pointers.length,
      failedObjects: lostObjects + sum(pointers, (pointer) => pointer.failed),
      failedBatches: lostBatches,
      fastPathObjects: sum(pointers, (pointer) => pointer.fastPathObjects),
      failures: [...failures, ...(await partials.failures())],
      ...(leftOut > 0 && {
        leftOut: { objects: leftOut, examples: sampleFailures([...copies, ...(await partials.leftOut())]) },
      }),
    });
    const consolidated = consolidatedKey(execution);
    const text = encodeConsolidated(result).join('\n');
    await store.put({ bucket: resultsBucket, key: consolidated }, `${text}\n`, 'application/x-ndjson');
    const { objects, batches, failedObjects, failedBatches, stations, stationsWithoutWind, days } = result.totals;
    emit(objects === 0 ? { EmptyRuns: 1 } : { FailedShare: (100 * failedObjects) / objects });
    return { consolidated, objects, batches, failedObjects, failedBatches, stations, stationsWithoutWind, days };
  };

const sum = (pointers: readonly PartialPointer[], count: (pointer: PartialPointer) => number) =>
  pointers.reduce((total, pointer) => total + count(pointer), 0);
