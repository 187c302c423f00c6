import type { ExecutionModel, ParentModel } from '../models/executions.ts';
import { noSections } from '../models/sections.ts';
import { modelsVersion, type Snapshot } from '../models/snapshot.ts';
import { batchColumns } from './batch-columns.ts';
import { eventColumns } from './event-columns.ts';
import { parentsIn } from './parents.ts';
import type { RunSource, SourceExecution } from './source.ts';

/** Models of a run without details of events and without graphs, whose layout needs more than a browser has. */
export function runModels(source: RunSource): Omit<Snapshot, 'details' | 'graphs'> {
  const {
    title,
    simulated,
    at,
    accounts,
    executions,
    decisions,
    verdicts,
    sections = noSections,
    answers = [],
    cut = [],
  } = source;
  const parents = parentsIn(executions);
  return {
    version: modelsVersion,
    simulated,
    title,
    at,
    accounts,
    executions: executions.map((execution) => executionModel(execution, parents.get(execution.executionArn))),
    events: executions.map(eventColumns),
    batches: executions.flatMap(({ executionArn, mapRuns }) =>
      mapRuns.map((mapRun) => batchColumns(executionArn, mapRun)),
    ),
    decisions,
    verdicts,
    sections,
    answers,
    cut,
  };
}

/** An execution, and what started it. */
export function executionModel(execution: SourceExecution, parent: ParentModel | undefined): ExecutionModel {
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
    parent: parent ?? null,
    error: error ?? null,
    cause: cause ?? null,
    input: input ?? null,
    output: output ?? null,
  };
}
