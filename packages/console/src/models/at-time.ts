import { type BatchColumns, batchRows } from './batches.ts';
import { decisionsUntil, type DecisionModel } from './decisions.ts';
import { type EventColumns, eventRows, firstEvents } from './events.ts';
import type { ExecutionModel } from './executions.ts';
import { lazily, remembered } from './remembered.ts';
import { sectionsAt } from './sections.ts';
import type { Snapshot } from './snapshot.ts';
import type { EvidenceModel, VerdictModel } from './verdict.ts';

/**
 * The models as they were at an earlier time: nothing that began later, and nothing ended that ended later. Each of them is
 * computed when a view reads it, and what did not change until the end is the same object as at the end.
 */
export function snapshotAt(snapshot: Snapshot, at: number): Snapshot {
  if (at >= snapshot.at) return snapshot;
  const then: Snapshot = lazily<Snapshot>(snapshot, {
    at: () => at,
    executions: () =>
      snapshot.executions.filter(({ startedAt }) => startedAt <= at).map((execution) => executionAt(execution, at)),
    events: () => {
      const arns = new Set(then.executions.map(({ arn }) => arn));
      return snapshot.events.filter(({ execution }) => arns.has(execution)).map((events) => eventsAt(events, at));
    },
    batches: () => snapshot.batches.filter(({ startedAt }) => startedAt <= at).map((batches) => batchesAt(batches, at)),
    decisions: () => snapshot.decisions.flatMap((decision) => decisionAt(decision, at)),
    verdicts: () => snapshot.verdicts.map((verdict) => verdictAt(verdict, then.decisions, at)),
    sections: () => sectionsAt(snapshot.sections, at),
  });
  return then;
}

const executionAt = (execution: ExecutionModel, at: number): ExecutionModel =>
  (execution.stoppedAt ?? Infinity) <= at
    ? execution
    : { ...execution, status: 'RUNNING', stoppedAt: null, output: null, error: null, cause: null };

function eventsAt(events: EventColumns, at: number): EventColumns {
  const rows = eventRows(events);
  // Most of the time the last events decide: a search by halves needs no look at the others.
  let [count, none] = [0, rows.length];
  while (count < none) {
    const middle = (count + none) >> 1;
    if ((rows[middle]?.at ?? Infinity) <= at) count = middle + 1;
    else none = middle;
  }
  return count === rows.length ? events : firstEvents(events, count);
}

function batchesAt(columns: BatchColumns, at: number): BatchColumns {
  if (columns.stoppedAt !== null && columns.stoppedAt <= at && lastOf(columns) <= at) return columns;
  const later = columns.start.findIndex((start) => columns.startedAt + start > at);
  const count = later < 0 ? columns.start.length : later;
  const first = <Item>(column: readonly Item[]): readonly Item[] => column.slice(0, count);
  const isOpen = columns.start.map((start, index) => {
    const duration = columns.duration[index] ?? -1;
    return duration < 0 || columns.startedAt + start + duration > at;
  });
  const isRunning = (columns.stoppedAt ?? Infinity) > at;
  return {
    ...columns,
    ...(isRunning && { stoppedAt: null, status: 'RUNNING' }),
    statuses: [...columns.statuses, 'RUNNING'],
    index: first(columns.index),
    start: first(columns.start),
    duration: first(columns.duration).map((duration, index) => (isOpen[index] ? -1 : duration)),
    batchStatus: first(columns.batchStatus).map((status, index) => (isOpen[index] ? columns.statuses.length : status)),
    error: first(columns.error).map((error, index) => (isOpen[index] ? -1 : error)),
    items: first(columns.items),
    attempts: first(columns.attempts),
    total: count,
    names: first(columns.names),
  };
}

/** Time of the last start or end of a batch. */
const lastOf = remembered((columns: BatchColumns): number =>
  batchRows(columns).reduce((last, { startedAt, stoppedAt }) => Math.max(last, stoppedAt ?? startedAt), 0),
);

function decisionAt(decision: DecisionModel, at: number): readonly DecisionModel[] {
  if (decision.first > at) return [];
  if (decision.last <= at) return [decision];
  const seconds = decision.seconds.filter(([second]) => second <= at);
  const { times, isEstimated } = decisionsUntil(decision, at);
  const last = isEstimated ? at : (seconds.at(-1)?.[0] ?? decision.first);
  return [{ ...decision, seconds, times, isEstimated, last }];
}

function verdictAt(verdict: VerdictModel, decisions: readonly DecisionModel[], at: number): VerdictModel {
  const claims = verdict.claims
    .filter(({ since }) => since !== null && since <= at)
    .map((claim) => (claim.until !== null && claim.until > at ? { ...claim, until: null } : claim));
  if (claims.length === 0) return { ...verdict, claims, evidence: [], fixes: [], runbook: null };
  const evidence = verdict.evidence.flatMap((item): readonly EvidenceModel[] => {
    if (item.kind === 'event') return item.at <= at ? [item] : [];
    if (item.kind === 'other') return [item];
    const groups = decisions.filter(({ denial }) => denial === item.id);
    if (groups.length === 0) return [];
    const times = groups.reduce((sum, group) => sum + group.times, 0);
    const isEstimated = groups.some((group) => group.isEstimated);
    return [{ ...item, times, isEstimated, last: isEstimated ? null : Math.max(...groups.map(({ last }) => last)) }];
  });
  return { ...verdict, claims, evidence };
}
