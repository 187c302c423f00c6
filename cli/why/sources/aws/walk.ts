import { DescribeExecutionCommand, DescribeMapRunCommand, ListExecutionsCommand } from '@aws-sdk/client-sfn';
import type { RecordedExecution } from '../../../run-record/run-record.ts';
import type { OtherRun } from '../../evidence.ts';
import { stateTimes } from '../../evidence-from.ts';
import { startedByOf } from '../../executions.ts';
import { readExecution, readHistory } from './read-execution.ts';
import type { Readings } from './readings.ts';
import { type StageAccess, stageOfExecution } from './stage-access.ts';

/** Executions of a run that are read at most. */
const mostExecutions = 20;

/** Reads an execution, what started it, and what it started, from account to account. */
export async function walk(
  stages: readonly StageAccess[],
  executionArn: string,
  reads: Readings,
): Promise<readonly RecordedExecution[]> {
  const read = new Map<string, RecordedExecution>();
  const queue = [executionArn];
  for (let arn = queue.shift(); arn !== undefined && read.size < mostExecutions; arn = queue.shift()) {
    const access = stageOfExecution(stages, arn);
    if (!access || read.has(arn)) continue;
    const current = arn;
    // Without the execution that is asked for there is nothing to explain.
    const execution =
      read.size === 0
        ? await readExecution(access, current, reads)
        : await reads.attempt(`the ${access.stage}`, () => readExecution(access, current, reads), undefined);
    if (!execution) continue;
    read.set(arn, execution);
    const starter = startedByOf(execution);
    const parent =
      starter === undefined
        ? undefined
        : await reads.attempt('what started it', () => parentOf(stages, starter), undefined);
    queue.push(...(parent === undefined ? [] : [parent]), ...execution.events.flatMap(({ started = [] }) => started));
  }
  return [...read.values()];
}

/** The execution itself, or of a batch of a Map Run the one that has the Map Run. */
export async function parentOf(stages: readonly StageAccess[], executionArn: string): Promise<string | undefined> {
  if (!/:(execution|express):[^:]+\//.test(executionArn)) return executionArn;
  const client = stageOfExecution(stages, executionArn)?.client;
  if (!client) return undefined;
  const { mapRunArn } = await client.send(new DescribeExecutionCommand({ executionArn }));
  return (await client.send(new DescribeMapRunCommand({ mapRunArn }))).executionArn;
}

/** The latest executions of a state machine, with the states of the last one that succeeded. */
export async function otherRuns(
  access: StageAccess,
  stateMachineArn: string,
  run: readonly RecordedExecution[],
): Promise<readonly OtherRun[]> {
  const own = new Set(run.map(({ arn }) => arn));
  const { executions = [] } = await access.client.send(new ListExecutionsCommand({ stateMachineArn, maxResults: 20 }));
  const others = executions.flatMap(({ executionArn: arn = '', status = '', startDate, stopDate }) =>
    own.has(arn)
      ? []
      : [
          {
            ...{ arn, stateMachineArn, status },
            startedAt: startDate?.getTime() ?? 0,
            stoppedAt: stopDate?.getTime() ?? null,
            input: null,
            states: [],
          },
        ],
  );
  const twin = others.find(({ status }) => status === 'SUCCEEDED');
  if (!twin) return others;
  const states = stateTimes({ events: await readHistory(access, twin.arn), stoppedAt: twin.stoppedAt });
  return others.map((other) => (other === twin ? { ...twin, states } : other));
}

/** ARNs of the latest executions of a state machine, the last one first. */
export async function latestExecutions({ client }: StageAccess, stateMachineArn: string): Promise<readonly string[]> {
  const { executions = [] } = await client.send(new ListExecutionsCommand({ stateMachineArn, maxResults: 5 }));
  return executions.flatMap(({ executionArn = [] }) => executionArn);
}
