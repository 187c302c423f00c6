import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { noFacts } from '../../../cli/run-record/recorded-facts.ts';
import {
  type RecordedExecution,
  type RecordedLogGroup,
  type RunRecord,
  runRecordName,
} from '../../../cli/run-record/run-record.ts';
import { temporaryDirectory } from '../../temporary-directory.ts';

/** 2026-01-02T03:04:05Z */
export const start = 1_767_323_045_000;
const [parent, child] = ['333333333333', '444444444444'] as const;

export const arnOf = (stage: 'parent' | 'child', name: string): string =>
  `arn:aws:states:us-east-1:${stage === 'parent' ? parent : child}:execution:crosswind-rain-${stage}:${name}`;

/** Child of the Map Run of an execution. */
export const batchOf = (name: string): string =>
  `arn:aws:states:us-east-1:${child}:express:crosswind-rain-child/each:${name}-batch:1`;

function execution(stage: 'parent' | 'child', name: string, from: number, to: number | null): RecordedExecution {
  const mapRun = {
    ...{ arn: 'mapRun', state: 'Each', startedAt: start, stoppedAt: null, status: 'RUNNING', redriveCount: 0 },
    ...{ begunAt: start, started: [] },
    ...{
      items: {},
      executions: {},
      batches: [{ index: 0, arn: batchOf(name), items: 1, itemNames: [], attempts: [], failedTasks: [] }],
    },
  };
  return {
    arn: arnOf(stage, name),
    name,
    stage,
    account: stage === 'parent' ? parent : child,
    stateMachineArn: '',
    status: to === null ? 'RUNNING' : 'SUCCEEDED',
    startedAt: start + from,
    stoppedAt: to === null ? null : start + to,
    ...{ redriveCount: 0, input: '{}', output: null, error: null, cause: null, events: [] },
    mapRuns: stage === 'child' ? [mapRun] : [],
  };
}

let ids = 0;
const line = (after: number, message: string): RecordedLogGroup['events'][number] => ({
  ...{ id: `${String(start + after).padStart(20, '0')}${String((ids += 1)).padStart(36, '0')}`, at: start + after },
  ...{ ingestedAt: start + after, stream: 'stream', message },
});

const event = (after: number, type: string, arn: string, details = {}): RecordedLogGroup['events'][number] =>
  line(after, JSON.stringify({ id: '1', type, details, previous_event_id: '0', execution_arn: arn }));

const group = (
  name: string,
  account: string,
  stage: string | null,
  events: RecordedLogGroup['events'],
): RecordedLogGroup => ({ name, account, region: 'us-east-1', stage, events });

/**
 * A record of two runs, `first` from 0 to 5 s and `second` from 10 s on, each of a parent that started a child after a second,
 * and of a probe.
 */
export const recorded: RunRecord = {
  version: 1,
  simulated: true,
  tenant: 'rain',
  wave: 'dev',
  fault: null,
  at: start + 60_000,
  accounts: [
    { id: parent, name: 'rain-parent-dev' },
    { id: child, name: 'rain-child-dev' },
  ],
  stages: [
    { name: 'parent', account: parent, stateMachineArn: '', starts: ['child'] },
    { name: 'child', account: child, stateMachineArn: '', starts: [] },
  ],
  executions: [
    execution('parent', 'first', 0, 5_000),
    execution('child', 'first', 1_000, 4_000),
    execution('parent', 'second', 10_000, null),
    execution('child', 'second', 11_000, 14_000),
  ],
  denied: [],
  decisions: [],
  changes: [],
  alarms: [],
  facts: noFacts,
  logs: [
    group('/aws/vendedlogs/states/crosswind-rain-parent', parent, 'parent', [
      event(0, 'ExecutionStarted', arnOf('parent', 'first')),
      event(10_000, 'ExecutionStarted', arnOf('parent', 'second')),
      event(15_000, 'TaskFailed', arnOf('parent', 'second'), { error: 'Storm' }),
    ]),
    group('/aws/vendedlogs/states/crosswind-rain-child', child, 'child', [
      event(1_000, 'ExecutionStarted', arnOf('child', 'first')),
      event(11_000, 'ExecutionStarted', arnOf('child', 'second')),
      event(11_500, 'ExecutionStarted', batchOf('second')),
      event(11_600, 'ExecutionStarted', batchOf('first')),
    ]),
    group('/aws/lambda/crosswind-rain-child-count', child, 'child', [
      line(2_000, 'first count\n'),
      line(12_000, 'second count\n  in two lines\n'),
      line(13_000, '{"level":"ERROR","message":"bad"}'),
    ]),
    group('crosswind-probe', child, null, [line(12_500, 'a round')]),
  ],
  cut: ['events of the log group /aws/lambda/x of 1: the newest 1 of 2', 'denied calls: the first 1 of 2'],
};

/** A directory with that record. */
export function recordedIn(record: unknown = recorded): string {
  const directory = temporaryDirectory();
  writeFileSync(join(directory, runRecordName), JSON.stringify(record));
  return directory;
}
