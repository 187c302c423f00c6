import { textOf } from '@crosswind/aws/json';
import type { RunSource, Sections } from '@crosswind/console/server/snapshot';
import type { Execution } from '@crosswind/sandbox/sandbox';
import type { StageRun } from '../local/run-workload.ts';
import type { RunRecord } from '../run-record/run-record.ts';
import { evidenceInRecord } from '../why/sources/record.ts';
import { verdictFrom } from './verdict-from.ts';

type SourceExecution = RunSource['executions'][number];
type MapRun = Execution['mapRuns'][number];

/**
 * A run of a sandbox as the page takes it: its executions whole, decisions and verdict out of its record.
 * @param stages one for each execution in the order of their starts
 * @param more what the page knows besides the run
 */
export function runSource(
  record: RunRecord,
  stages: readonly StageRun[],
  more: { readonly sections: Sections; readonly answers: NonNullable<RunSource['answers']> },
): RunSource {
  return {
    title: `${record.tenant} ${record.wave}`,
    simulated: record.simulated,
    at: record.at,
    accounts: record.accounts,
    executions: stages.flatMap(({ stage, execution }) =>
      execution ? [sourceExecution(execution, `${record.tenant} ${stage}`)] : [],
    ),
    decisions: record.decisions,
    verdicts: [verdictFrom(evidenceInRecord(record))],
    ...more,
  };
}

/** How parts of an execution are made. */
export interface Parts {
  readonly mapRuns: (mapRun: MapRun) => SourceExecution['mapRuns'][number];
  /** Input as JSON text. */
  readonly inputs: (execution: Execution) => string;
}

const newParts: Parts = { mapRuns: sourceMapRun, inputs: ({ input }) => JSON.stringify(input) };

/**
 * An execution of a sandbox in AWS's terms.
 * @param title its name for people
 */
export function sourceExecution(execution: Execution, title: string, parts = newParts): SourceExecution {
  const { arn, name, machine, outcome, startedAt, stoppedAt, history, mapRuns } = execution;
  return {
    executionArn: arn,
    stateMachineArn: machine.arn,
    name,
    title,
    status: outcome?.status ?? 'RUNNING',
    startDate: startedAt,
    stopDate: stoppedAt,
    input: parts.inputs(execution),
    ...(outcome?.status === 'SUCCEEDED'
      ? { output: JSON.stringify(outcome.output) }
      : { error: outcome?.error, cause: outcome?.cause }),
    definition: machine.definition,
    events: history,
    mapRuns: mapRuns.map(parts.mapRuns),
  };
}

/** A Map Run of a sandbox in AWS's terms. */
export function sourceMapRun(mapRun: MapRun): SourceExecution['mapRuns'][number] {
  const { arn, stateName, startedAt, stoppedAt, state } = mapRun;
  const { tolerated, maxConcurrency } = state.spec;
  return {
    mapRunArn: arn,
    state: stateName,
    startDate: startedAt,
    stopDate: stoppedAt,
    status: state.phase.kind === 'ended' ? state.phase.outcome.status : 'RUNNING',
    toleratedFailurePercentage: tolerated.percentage,
    maxConcurrency,
    batches: mapRun.batches().map((batch) => ({
      index: batch.index,
      executionArn: batch.arn,
      items: batch.items,
      attempts: batch.attempts.map((attempt) => ({ ...attempt, error: textOf(attempt.error) || undefined })),
    })),
  };
}
