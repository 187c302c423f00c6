import { WrongInput } from '../failure.ts';
import type { RecordedExecution, RunRecord } from '../run-record/run-record.ts';

/**
 * Finds the execution that is asked for, followed by those that it started.
 *
 * @param asked ARN or name of an execution, or `last`: the entry's last one
 * @throws WrongInput if the record has no such execution
 */
export function chosenExecutions(record: RunRecord, asked: string): readonly RecordedExecution[] {
  const { executions } = record;
  const [entry] = record.stages;
  const found =
    asked === 'last'
      ? executions.filter(({ stage }) => stage === entry?.name).at(-1)
      : executions.find(({ arn, name }) => arn === asked || (name === asked && isOnly(executions, name)));
  if (found) return withStarted(record, found);
  if (executions.length === 0) throw new WrongInput('the record of the run has no execution; run `npm start` again');
  const known = executions.map(({ arn }) => `  ${arn}`).join('\n');
  throw new WrongInput(`--execution: expected last, all, or one of these, got ${asked}\n${known}`);
}

const isOnly = (executions: readonly RecordedExecution[], name: string): boolean =>
  executions.filter((each) => each.name === name).length === 1;

/** An execution and those of the stages that its stage starts, as far as they began while it ran. */
function withStarted(record: RunRecord, first: RecordedExecution): readonly RecordedExecution[] {
  const found = [first];
  for (const { stage, startedAt, stoppedAt } of found) {
    const starts = record.stages.find(({ name }) => name === stage)?.starts ?? [];
    const isStarted = (other: RecordedExecution): boolean =>
      starts.includes(other.stage) && other.startedAt >= startedAt && other.startedAt <= (stoppedAt ?? record.at);
    found.push(...record.executions.filter((other) => isStarted(other) && !found.includes(other)));
  }
  return found;
}
