import type { ExecutionModel } from '../models/executions.ts';
import { modelsVersion, type Snapshot } from '../models/snapshot.ts';
import { layoutMachine } from '../graph/layout-machine.ts';
import { batchColumns } from './batch-columns.ts';
import { eventColumns, eventDetails } from './event-columns.ts';
import { parentsIn } from './parents.ts';
import type { RunSource, SourceExecution } from './source.ts';

export type { RunSource } from './source.ts';

/** All models of a run, nothing left out. */
export function snapshotOf({ title, simulated, at, accounts, executions, decisions, verdict }: RunSource): Snapshot {
  const parents = parentsIn(executions);
  return {
    version: modelsVersion,
    simulated,
    title,
    at,
    accounts,
    executions: executions.map((execution) => executionModel(execution, parents)),
    events: executions.map(eventColumns),
    details: executions.map(eventDetails),
    graphs: graphsOf(executions),
    batches: executions.flatMap(({ executionArn, mapRuns }) =>
      mapRuns.map((mapRun) => batchColumns(executionArn, mapRun)),
    ),
    decisions,
    verdict,
    cut: [],
  };
}

function executionModel(execution: SourceExecution, parents: ReturnType<typeof parentsIn>): ExecutionModel {
  const { executionArn: arn, stateMachineArn: machineArn, name, title, status, startDate, stopDate } = execution;
  const { error, cause, input, output } = execution;
  return {
    arn,
    name,
    title,
    account: arn.split(':')[4] ?? '',
    machineArn,
    status,
    startedAt: startDate,
    stoppedAt: stopDate ?? null,
    parent: parents.get(arn) ?? null,
    error: error ?? null,
    cause: cause ?? null,
    input: input ?? null,
    output: output ?? null,
  };
}

/** One graph for each state machine whose definition is known. */
function graphsOf(executions: readonly SourceExecution[]): Snapshot['graphs'] {
  const definitions = new Map(
    executions.flatMap(({ stateMachineArn, definition }) =>
      definition ? [[stateMachineArn, definition] as const] : [],
    ),
  );
  return [...definitions].map(([machineArn, definition]) => layoutMachine(machineArn, definition));
}
