import { isObject, type Json, textOf } from '@crosswind/aws/json';
import type { Execution } from '@crosswind/sandbox/sandbox';
import type { Cuts } from './cuts.ts';
import { recordedBatches } from './recorded-batches.ts';
import { startedBy } from './started-by.ts';
import { type RecordedExecution, type RecordedMapRun, recordLimits } from './run-record.ts';

type MapRun = Execution['mapRuns'][number];
type HistoryEvent = Execution['history'][number];

/**
 * An execution of a stage, with its events and Map Runs.
 * @param now milliseconds since the epoch, in virtual time
 */
export function recordedExecution(
  { stage, account, execution }: { readonly stage: string; readonly account: string; readonly execution: Execution },
  now: number,
  cuts: Cuts,
): RecordedExecution {
  const { arn, name, machine, outcome, startedAt, stoppedAt, redriveCount = 0, input, history, mapRuns } = execution;
  const of = `of ${name} (${stage})`;
  const failure = outcome && outcome.status !== 'SUCCEEDED' ? outcome : undefined;
  return {
    arn,
    name,
    stage,
    account,
    stateMachineArn: machine.arn,
    status: outcome?.status ?? 'RUNNING',
    startedAt,
    stoppedAt: stoppedAt ?? null,
    redriveCount,
    input: cuts.text(JSON.stringify(input), `input ${of}`),
    output: outcome?.status === 'SUCCEEDED' ? cuts.text(JSON.stringify(outcome.output), `output ${of}`) : null,
    error: failure?.error ?? null,
    cause: failure?.cause === undefined ? null : cuts.text(failure.cause, `cause ${of}`),
    events: cuts.ends(history, recordLimits.events, `events ${of}`).map((event) => recordedEvent(event, of, cuts)),
    mapRuns: mapRuns.map((mapRun) => recordedMapRun(mapRun, now, cuts)),
  };
}

/** An event as a record has it. */
export function recordedEvent(event: HistoryEvent, of: string, cuts: Cuts): RecordedExecution['events'][number] {
  const { id, previousEventId, timestamp, type, ...owned } = event;
  const [details = {}] = Object.values(owned).filter(isObject);
  const text = (value: Json | undefined): string | undefined => (value === undefined ? undefined : textOf(value));
  const cause = text(details['cause']);
  const optional = {
    state: text(details['name']),
    resource: text(details['resource']),
    error: text(details['error']),
    cause: cause === undefined ? undefined : cuts.text(cause, `causes of events ${of}`),
    started: startedBy(event),
  };
  const given = Object.fromEntries(Object.entries(optional).filter(([, value]) => value !== undefined));
  return { id, previousEventId, at: timestamp, type, ...given };
}

function recordedMapRun(mapRun: MapRun, now: number, cuts: Cuts): RecordedMapRun {
  const { arn, stateName, startedAt, stoppedAt, state, children } = mapRun;
  const { itemCounts, executionCounts } = mapRun.counts();
  return {
    arn,
    state: stateName,
    startedAt,
    stoppedAt: stoppedAt ?? null,
    status: state.phase.kind === 'ended' ? state.phase.outcome.status : 'RUNNING',
    redriveCount: state.redriveCount,
    begunAt: state.started.at(0) ?? null,
    started: cuts.first(
      children.flatMap(({ history }) => history.flatMap((event) => startedBy(event) ?? [])),
      recordLimits.executions,
      `executions that batches of ${stateName} started`,
    ),
    items: { ...itemCounts },
    executions: { ...executionCounts },
    batches: recordedBatches(mapRun, now, cuts),
  };
}
