import { type EventColumns, type EventRow, eventRows } from '../models/events.ts';
import type { ExecutionModel } from '../models/executions.ts';
import { eventsOf } from '../models/lookup.ts';
import { remembered } from '../models/remembered.ts';

/** A row of the history of a family: an event of one of its executions, or time without any. */
export type HistoryRow =
  | {
      readonly kind: 'event';
      readonly event: EventRow;
      readonly execution: ExecutionModel;
      readonly state: string | null;
    }
  | { readonly kind: 'gap'; readonly from: number; readonly to: number }
  | { readonly kind: 'cut'; readonly execution: ExecutionModel; readonly count: number };

type EventOf = Extract<HistoryRow, { readonly kind: 'event' }>;

/** Milliseconds without an event that are worth a row. */
const shortestGap = 10_000;

/** Events of all executions in the order of their times; of one time, those of the execution that started the other first. */
export function interleaved(
  family: readonly ExecutionModel[],
  events: readonly EventColumns[],
  now: number,
): readonly HistoryRow[] {
  const rows = family.flatMap((execution, order) => {
    const columns = eventsOf(events, execution.arn);
    return columns ? withStates(columns).map((each) => ({ ...each, execution, order })) : [];
  });
  rows.sort((one, other) => one.event.at - other.event.at || one.order - other.order || one.event.id - other.event.id);
  const last = new Map<string, number>();
  const result: HistoryRow[] = [];
  let at: number | undefined;
  for (const { event, execution, state } of rows) {
    if (at !== undefined && event.at - at > shortestGap) result.push({ kind: 'gap', from: at, to: event.at });
    const before = last.get(execution.arn) ?? 0;
    if (event.id > before + 1) result.push({ kind: 'cut', execution, count: event.id - before - 1 });
    result.push({ kind: 'event', event, execution, state } satisfies EventOf);
    last.set(execution.arn, event.id);
    at = event.at;
  }
  const isOpen = family.some(({ stoppedAt }) => stoppedAt === null);
  if (isOpen && at !== undefined && now - at > shortestGap) result.push({ kind: 'gap', from: at, to: now });
  return result;
}

interface StatedEvent {
  readonly event: EventRow;
  readonly state: string | null;
}

/** Events with the state that they are in: their own, else that of the event that led to them. */
const withStates = remembered((columns: EventColumns): readonly StatedEvent[] => {
  const stateOf = new Map<number, string | null>();
  return eventRows(columns).map((event) => {
    const before = stateOf.get(event.previous) ?? null;
    const state = event.state ?? before;
    // What follows an exit is in no state until the next one is entered.
    stateOf.set(event.id, event.type.endsWith('StateExited') ? null : state);
    return { event, state };
  });
});
