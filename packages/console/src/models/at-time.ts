import type { BatchColumns } from './batches.ts';
import { decisionsUntil, type DecisionModel } from './decisions.ts';
import { type EventColumns, type EventRow, eventRows } from './events.ts';
import type { ExecutionModel } from './executions.ts';
import type { Snapshot } from './snapshot.ts';
import type { EvidenceModel, VerdictModel } from './verdict.ts';

/** The models as they were at an earlier time: nothing that began later, and nothing ended that ended later. */
export function snapshotAt(snapshot: Snapshot, at: number): Snapshot {
  if (at >= snapshot.at) return snapshot;
  const executions = snapshot.executions.filter(({ startedAt }) => startedAt <= at);
  const arns = new Set(executions.map(({ arn }) => arn));
  const decisions = snapshot.decisions.flatMap((decision) => decisionAt(decision, at));
  return {
    ...snapshot,
    at,
    executions: executions.map((execution) => executionAt(execution, at)),
    events: snapshot.events.filter(({ execution }) => arns.has(execution)).map((events) => eventsAt(events, at)),
    batches: snapshot.batches.filter(({ startedAt }) => startedAt <= at).map((batches) => batchesAt(batches, at)),
    decisions,
    verdict: verdictAt(snapshot.verdict, decisions, at),
  };
}

const executionAt = (execution: ExecutionModel, at: number): ExecutionModel =>
  (execution.stoppedAt ?? Infinity) <= at
    ? execution
    : { ...execution, status: 'RUNNING', stoppedAt: null, output: null, error: null, cause: null };

function eventsAt(events: EventColumns, at: number): EventColumns {
  const rows: readonly EventRow[] = eventRows(events);
  const later = rows.findIndex((row) => row.at > at);
  const count = later < 0 ? rows.length : later;
  const first = <Item>(column: readonly Item[]): readonly Item[] => column.slice(0, count);
  const { id, time, type, previous, state } = events;
  return {
    ...events,
    id: first(id),
    time: first(time),
    type: first(type),
    previous: first(previous),
    state: first(state),
    total: count,
  };
}

function batchesAt(columns: BatchColumns, at: number): BatchColumns {
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
  if (claims.length === 0) return { claims, evidence: [], fixes: [], runbook: null };
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
