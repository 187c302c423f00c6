import { isObject, type Json, listOf, textOf } from '@crosswind/aws/json';
import type { Execution } from '@crosswind/sandbox/sandbox';
import type { Cuts } from './cuts.ts';
import { type RecordedMapRun, recordLimits } from './run-record.ts';

type MapRun = Execution['mapRuns'][number];
type Batch = ReturnType<MapRun['batches']>[number];
type RecordedBatch = RecordedMapRun['batches'][number];

/** Batches of a Map Run with their attempts: those in which something failed, then those that took longest. */
export function recordedBatches(mapRun: MapRun, now: number, cuts: Cuts): RecordedBatch[] {
  const ranked = mapRun
    .batches()
    .map((batch) => ({ batch, failures: failuresIn(batch), milliseconds: durationOf(batch, mapRun.stoppedAt ?? now) }))
    .sort((one, other) => other.failures - one.failures || other.milliseconds - one.milliseconds);
  const inputs = new Map(mapRun.children.map(({ arn, input }) => [arn, input]));
  const what = `batches of ${mapRun.stateName}, those that failed or took longest before others`;
  return cuts
    .first(ranked, recordLimits.batches, what)
    .map(({ batch, failures }) => ({
      ...recordedBatch(batch, cuts),
      itemNames: failures === 0 ? [] : itemNames(inputs.get(batch.arn)),
    }))
    .sort((one, other) => one.index - other.index);
}

const failuresIn = ({ attempts, failedTasks }: Batch): number =>
  failedTasks.length + attempts.filter(({ status }) => status !== 'SUCCEEDED' && status !== 'RUNNING').length;

const durationOf = ({ attempts }: Batch, now: number): number =>
  attempts.reduce((sum, { startedAt, endedAt = now }) => sum + endedAt - startedAt, 0);

function recordedBatch(
  { index, arn, items, attempts, failedTasks }: Batch,
  cuts: Cuts,
): Omit<RecordedBatch, 'itemNames'> {
  return {
    index,
    arn,
    items,
    attempts: attempts.map(({ endedAt = null, ...attempt }) => ({ ...attempt, endedAt, ...causeOf(attempt, cuts) })),
    failedTasks: failedTasks.map((task) => ({ ...task, ...causeOf(task, cuts) })),
  };
}

const causeOf = ({ cause }: { readonly cause?: string }, cuts: Cuts): { readonly cause?: string } =>
  cause === undefined ? {} : { cause: cuts.text(cause, 'causes of batches', recordLimits.causeCharacters) };

/** Names of the items in the input of a batch: keys of objects, else the items themselves. */
export function itemNames(input: Json | undefined): string[] {
  const items = isObject(input) && 'Items' in input ? listOf(input['Items']) : [input ?? null];
  return items
    .slice(0, recordLimits.items)
    .map((item) => textOf((isObject(item) ? item['Key'] : undefined) ?? item).slice(0, longestName));
}

/** Characters of a key at most (S3 User Guide, "Naming Amazon S3 objects"). */
const longestName = 1_024;
