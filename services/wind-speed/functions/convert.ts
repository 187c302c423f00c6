import { z } from 'zod';
import { decodeConsolidated } from '../domain/consolidated.ts';
import { monthsCsv, stationsCsv } from '../domain/result-tables.ts';
import type { Summary } from '../domain/summary.ts';
import { summaryOf } from '../domain/summary.ts';
import { windMap } from '../domain/wind-map.ts';
import { keyPart, outputKeys } from './execution-keys.ts';
import type { ObjectStore } from './object-store.ts';

/** An execution, and the key of its merged result in the results bucket. */
export const convertEvent = z.object({ execution: keyPart, consolidated: z.string().min(1) });

export interface ConvertPorts {
  readonly store: ObjectStore;
  readonly resultsBucket: string;
}

/** Output of the workflow: the summary without its lists, and the keys of the results. */
export interface ConvertResult extends Omit<
  Summary,
  'years' | 'fastPathObjects' | 'failures' | 'leftOut' | 'reportWeightedMeanKnots'
> {
  /** Keys in the results bucket. */
  readonly outputs: Readonly<Record<'summary' | 'stations' | 'months' | 'map', string>>;
}

/** Turns sums into means, knots into miles per hour, and both into tables, a summary and a map. */
export const convert =
  ({ store, resultsBucket }: ConvertPorts) =>
  async (event: unknown): Promise<ConvertResult> => {
    const { execution, consolidated } = convertEvent.parse(event);
    const result = await decodeConsolidated(store.lines({ bucket: resultsBucket, key: consolidated }));
    const summary = summaryOf(result);
    const outputs = outputKeys(execution);
    const put = (key: string, text: string, contentType: string) =>
      store.put({ bucket: resultsBucket, key }, text, contentType);
    await put(outputs.summary, `${JSON.stringify(summary, null, 2)}\n`, 'application/json');
    await put(outputs.stations, stationsCsv(result.stations), 'text/csv; charset=utf-8');
    await put(outputs.months, monthsCsv(result.months), 'text/csv; charset=utf-8');
    await put(outputs.map, windMap(result), 'image/svg+xml');
    return answer(summary, outputs);
  };

function answer(summary: Summary, outputs: ConvertResult['outputs']): ConvertResult {
  const { objects, batches, failedObjects, failedBatches, stations, stationsWithoutWind } = summary;
  const { observations, meanKnots, meanMph, windiest } = summary;
  return {
    objects,
    batches,
    failedObjects,
    failedBatches,
    stations,
    stationsWithoutWind,
    observations,
    meanKnots,
    meanMph,
    windiest: windiest.slice(0, 5),
    outputs,
  };
}
