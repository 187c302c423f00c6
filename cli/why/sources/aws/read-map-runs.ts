import {
  DescribeExecutionCommand,
  DescribeMapRunCommand,
  ListExecutionsCommand,
  ListMapRunsCommand,
  type SFNClient,
} from '@aws-sdk/client-sfn';
import type { Json } from '@crosswind/aws/json';
import { itemNames } from '../../../run-record/recorded-batches.ts';
import type { RecordedMapRun } from '../../../run-record/run-record.ts';
import type { StageAccess } from './stage-access.ts';

/** Map Runs of an execution that are looked at, the latest. */
const mostMapRuns = 10;
/** Failed batches of a Map Run that are looked at, the latest, for each of the two statuses. */
const mostBatches = 20;

/** Map Runs of an execution, with errors and causes of batches that failed. */
export async function readMapRuns({ client }: StageAccess, executionArn: string): Promise<readonly RecordedMapRun[]> {
  const { mapRuns = [] } = await client.send(new ListMapRunsCommand({ executionArn, maxResults: mostMapRuns }));
  const read: RecordedMapRun[] = [];
  for (const { mapRunArn = '' } of mapRuns.toReversed()) read.push(await readMapRun(client, mapRunArn));
  return read;
}

async function readMapRun(client: SFNClient, mapRunArn: string): Promise<RecordedMapRun> {
  const described = await client.send(new DescribeMapRunCommand({ mapRunArn }));
  const { startDate, stopDate, status = '', redriveCount = 0, itemCounts, executionCounts } = described;
  const startedAt = startDate?.getTime() ?? 0;
  const items = numbersIn(itemCounts);
  const executions = numbersIn(executionCounts);
  const isFailing = ['failed', 'timedOut'].some((count) => (executions[count] ?? 0) > 0);
  return {
    arn: mapRunArn,
    // The ARN has the label of the map, and not its name.
    state: /\/([^/:]+):[^:]+$/.exec(mapRunArn)?.[1] ?? mapRunArn,
    startedAt,
    stoppedAt: stopDate?.getTime() ?? null,
    status,
    redriveCount,
    begunAt: (executions['total'] ?? 0) > 0 ? startedAt : null,
    started: [],
    items,
    executions,
    batches: isFailing ? await failedBatches(client, mapRunArn) : [],
  };
}

async function failedBatches(client: SFNClient, mapRunArn: string): Promise<RecordedMapRun['batches']> {
  const batches: RecordedMapRun['batches'] = [];
  for (const statusFilter of ['FAILED', 'TIMED_OUT'] as const) {
    const { executions = [] } = await client.send(
      new ListExecutionsCommand({ mapRunArn, statusFilter, maxResults: mostBatches }),
    );
    for (const { executionArn = '', startDate, stopDate, itemCount = 0 } of executions) {
      const { error, cause, input } = await client.send(new DescribeExecutionCommand({ executionArn }));
      const attempt = {
        startedAt: startDate?.getTime() ?? 0,
        endedAt: stopDate?.getTime() ?? null,
        status: statusFilter,
        ...(error !== undefined && { error }),
        ...(cause !== undefined && { cause }),
      };
      const names = itemNames(input === undefined ? undefined : (JSON.parse(input) as Json));
      batches.push({
        index: batches.length,
        arn: executionArn,
        items: itemCount,
        itemNames: names,
        attempts: [attempt],
        failedTasks: [],
      });
    }
  }
  return batches;
}

const numbersIn = (counts: object | undefined): Record<string, number> =>
  Object.fromEntries(
    Object.entries(counts ?? {}).filter((entry): entry is [string, number] => typeof entry[1] === 'number'),
  );
