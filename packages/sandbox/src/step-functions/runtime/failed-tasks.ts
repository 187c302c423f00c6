import { isObject, type JsonObject, textOf } from '@crosswind/aws/json';
import type { HistoryEvent } from '@crosswind/workflow/execution/history';

/** A task that failed or timed out, retried or not. Times are milliseconds since the epoch, in virtual time. */
export interface FailedTask {
  /** Name of the state. */
  readonly state: string;
  /** When it was scheduled. */
  readonly startedAt: number;
  readonly endedAt: number;
  readonly error?: string;
  /** Its first characters. */
  readonly cause?: string;
}

/** Characters of a cause, and failures of an execution at each end, that are kept: thousands of batches have some. */
const keptCharacters = 512;
const keptAtEachEnd = 10;

const failure = /^(Task|LambdaFunction|Activity)(Start|Submit|Schedule)?(Failed|TimedOut)$/;

/** Tasks that failed in the history of an execution: of many the first and the last ones. */
export function failedTasksIn(history: readonly HistoryEvent[]): readonly FailedTask[] {
  const failed = history.flatMap((event) => (failure.test(event.type) ? [failedTask(event, history)] : []));
  if (failed.length <= 2 * keptAtEachEnd) return failed;
  return [...failed.slice(0, keptAtEachEnd), ...failed.slice(-keptAtEachEnd)];
}

function failedTask(event: HistoryEvent, history: readonly HistoryEvent[]): FailedTask {
  const { error, cause } = detailsOf(event);
  const scheduled = before(event, history, ({ type }) => type.endsWith('Scheduled'));
  const entered = before(event, history, ({ type }) => type.endsWith('StateEntered'));
  return {
    state: entered ? textOf(detailsOf(entered)['name']) : '',
    startedAt: scheduled?.timestamp ?? event.timestamp,
    endedAt: event.timestamp,
    ...(error !== undefined && { error: textOf(error) }),
    ...(cause !== undefined && { cause: textOf(cause).slice(0, keptCharacters) }),
  };
}

/** The closest event that led to this one and is wanted. Ids count from 1. */
function before(
  event: HistoryEvent,
  history: readonly HistoryEvent[],
  isWanted: (event: HistoryEvent) => boolean,
): HistoryEvent | undefined {
  for (let each = history[event.previousEventId - 1]; each; each = history[each.previousEventId - 1]) {
    if (isWanted(each)) return each;
  }
  return undefined;
}

function detailsOf({ id: _, previousEventId: __, timestamp: ___, type: ____, ...owned }: HistoryEvent): JsonObject {
  return Object.values(owned).find(isObject) ?? {};
}
