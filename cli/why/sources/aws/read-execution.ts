import {
  DescribeExecutionCommand,
  DescribeStateMachineForExecutionCommand,
  GetExecutionHistoryCommand,
  type HistoryEvent as SdkEvent,
} from '@aws-sdk/client-sfn';
import type { JsonObject } from '@crosswind/aws/json';
import type { HistoryEvent } from '@crosswind/workflow/execution/history';
import { Cuts } from '../../../run-record/cuts.ts';
import { machineFacts } from '../../../run-record/machine-facts.ts';
import { recordedEvent } from '../../../run-record/recorded-execution.ts';
import type { RecordedMachine } from '../../../run-record/recorded-facts.ts';
import type { RecordedExecution } from '../../../run-record/run-record.ts';
import { readMapRuns } from './read-map-runs.ts';
import type { Readings } from './readings.ts';
import type { StageAccess } from './stage-access.ts';

/** Pages of a history that are read from its end, of 1,000 events each; one from its beginning, if that is not all. */
const latestPages = 3;

/** An execution with its events and Map Runs, as the runner role of its stage reads them. */
export async function readExecution(
  access: StageAccess,
  executionArn: string,
  { attempt }: Readings,
): Promise<RecordedExecution> {
  const { client, stage, account } = access;
  const described = await client.send(new DescribeExecutionCommand({ executionArn }));
  const { name = '', stateMachineArn = '', status = '', startDate, stopDate, redriveCount = 0 } = described;
  const events = await attempt(`the history of the ${stage}`, () => readHistory(access, executionArn), []);
  const mapRuns = await attempt(`the Map Runs of the ${stage}`, () => readMapRuns(access, executionArn), []);
  return {
    arn: executionArn,
    name,
    stage,
    account,
    stateMachineArn,
    status,
    startedAt: startDate?.getTime() ?? 0,
    stoppedAt: stopDate?.getTime() ?? null,
    redriveCount,
    input: described.input ?? '',
    output: described.output ?? null,
    error: described.error ?? null,
    cause: described.cause ?? null,
    events,
    mapRuns: [...mapRuns],
  };
}

/** The latest events, and the first ones. */
export async function readHistory({ client }: StageAccess, executionArn: string): Promise<RecordedExecution['events']> {
  const events = new Map<number, SdkEvent>();
  const readPage = async (reverseOrder: boolean, nextToken?: string): Promise<string | undefined> => {
    const command = new GetExecutionHistoryCommand({ executionArn, reverseOrder, maxResults: 1_000, nextToken });
    const page = await client.send(command);
    for (const event of page.events ?? []) events.set(event.id ?? 0, event);
    return page.nextToken;
  };
  let token = await readPage(true);
  for (let page = 1; page < latestPages && token !== undefined; page += 1) token = await readPage(true, token);
  if (token !== undefined) await readPage(false);
  const cuts = new Cuts();
  return [...events.values()]
    .sort((one, other) => (one.id ?? 0) - (other.id ?? 0))
    .map((event) => recordedEvent(historyEvent(event), 'on AWS', cuts));
}

/** An event of the SDK as the engine has it. */
const historyEvent = ({ id = 0, previousEventId = 0, timestamp, type = 'ExecutionStarted', ...details }: SdkEvent) =>
  ({ ...details, id, previousEventId, timestamp: timestamp?.getTime() ?? 0, type }) as HistoryEvent;

/** The state machine as an execution knows it. */
export async function readMachine({ client }: StageAccess, executionArn: string): Promise<RecordedMachine | undefined> {
  const {
    stateMachineArn: arn = '',
    roleArn = '',
    definition = '{}',
  } = await client.send(new DescribeStateMachineForExecutionCommand({ executionArn }));
  return machineFacts({
    arn: arn.replace(/(:stateMachine:[^/:]+).*$/, '$1'),
    roleArn,
    definition: JSON.parse(definition) as JsonObject,
  });
}
