import type { RecordedExecution, RecordedMapRun } from '../run-record/run-record.ts';
import type { Evidence } from './evidence.ts';
import type { EvidenceItem } from './explanation.ts';
import { eventItem, iso, type RecordedEvent } from './finding.ts';

/** An error in a run: of an event, or of a batch. */
export interface Failure {
  readonly execution: RecordedExecution;
  readonly error: string;
  /** As it came, cut to its limit. */
  readonly cause: string;
  readonly at: number;
  readonly event?: RecordedEvent;
  readonly mapRun?: RecordedMapRun;
  /** Place of the batch in its Map Run. */
  readonly batch?: number;
  /** Names of the items of a batch. */
  readonly items: readonly string[];
}

type Batch = RecordedMapRun['batches'][number];

/** Every error in a run, in the order of time; a called execution's before that of its caller, which repeats it. */
export const failuresIn = ({ executions }: Pick<Evidence, 'executions'>): readonly Failure[] =>
  executions
    .flatMap((execution) => [
      ...execution.mapRuns.flatMap((mapRun) => mapRun.batches.flatMap((batch) => ofBatch(execution, mapRun, batch))),
      ...execution.events.flatMap((event) => ofEvent(execution, event)),
    ])
    .sort((one, other) => one.at - other.at);

/** Failures of a batch: of its tasks, retried or not; of an attempt only where no task says why. */
function ofBatch(execution: RecordedExecution, mapRun: RecordedMapRun, batch: Batch): readonly Failure[] {
  const { index: batchIndex, itemNames: items, attempts, failedTasks } = batch;
  const failed = attempts.filter(({ status }) => status === 'FAILED' || status === 'TIMED_OUT');
  const ends =
    failedTasks.length > 0 ? failedTasks : failed.map((each) => ({ ...each, error: each.error ?? each.status }));
  return ends.map(({ error = '', cause = '', endedAt }) => ({
    ...{ execution, mapRun, batch: batchIndex, error, cause, items },
    at: endedAt ?? mapRun.startedAt,
  }));
}

/** True for a batch whose last attempt ended without success. */
export const isLost = ({ attempts }: Batch): boolean => ['FAILED', 'TIMED_OUT'].includes(attempts.at(-1)?.status ?? '');

const ofEvent = (execution: RecordedExecution, event: RecordedEvent): readonly Failure[] =>
  event.error === undefined
    ? []
    : [{ execution, error: event.error, cause: event.cause ?? '', at: event.at, event, items: [] }];

/** Evidence for failures: the first of them, an event or the start of its Map Run. */
export function failureItems(failures: readonly Failure[]): readonly EvidenceItem[] {
  const [first] = failures;
  if (!first) return [];
  const { execution, event, mapRun, error } = first;
  if (event) return eventItem(execution, event);
  const started = execution.events.find(({ type, at }) => type === 'MapRunStarted' && at >= (mapRun?.startedAt ?? 0));
  return started
    ? eventItem(execution, { ...started, error, state: mapRun?.state })
    : [{ kind: 'event', id: 0, execution: execution.arn, at: iso(first.at), type: 'MapRunStarted', error }];
}

/** Where a failure happened, for a sentence: `Analyze objects of the child`. */
export const placeOf = ({ execution, event, mapRun }: Failure): string => {
  const state = mapRun?.state ?? stateBefore(execution, event);
  return state === undefined ? `the ${execution.stage}` : `${state} of the ${execution.stage}`;
};

const stateBefore = ({ events }: RecordedExecution, event: RecordedEvent | undefined): string | undefined =>
  events.findLast(({ type, id }) => type.endsWith('StateEntered') && id <= (event?.id ?? Infinity))?.state;

/** The most frequent error, with its failures. */
export function commonest(failures: readonly Failure[]): readonly [error: string, failures: readonly Failure[]] {
  const byError = new Map<string, Failure[]>();
  for (const failure of failures) byError.set(failure.error, [...(byError.get(failure.error) ?? []), failure]);
  const [first = ['', []] as const] = [...byError].sort(([, one], [, other]) => other.length - one.length);
  return first;
}
