import type { JsonObject } from '@crosswind/aws/json';
import type { RunSource } from '../src/server/snapshot.ts';

type Execution = RunSource['executions'][number];
type Event = Execution['events'][number];

/** 27 November 2026, 05:30:20 UTC. */
export const start = Date.UTC(2026, 10, 27, 5, 30, 20);

const minute = 60_000;

/** Names that somebody may choose. */
export interface Names {
  readonly state: string;
  readonly map: string;
  readonly task: string;
  readonly account: string;
  readonly title: string;
  readonly error: string;
}

export const plainNames: Names = {
  state: 'Start child',
  map: 'Analyze objects',
  task: 'Consolidate',
  account: 'wind-parent-dev',
  title: 'wind-speed parent',
  error: 'States.Timeout',
};

const parentArn = 'arn:aws:states:us-east-1:333333333333:execution:parent:run-1';
const childArn = 'arn:aws:states:us-east-1:444444444444:execution:child:run-1';
const role = 'arn:aws:iam::444444444444:role/target';

/** Events with running ids, each led to by the one before: type, milliseconds since the start, details. */
export const history = (...rows: readonly (readonly [type: string, after: number, details?: JsonObject])[]): Event[] =>
  rows.map(([type, after, details], index) => ({
    id: index + 1,
    previousEventId: index,
    timestamp: start + after,
    type,
    ...(details && { [`${type.charAt(0).toLowerCase()}${type.slice(1)}EventDetails`]: details }),
  }));

/** Parent that hung for 75 minutes after its child had succeeded, because polls were denied. */
export function stuckRun(names: Names = plainNames): RunSource {
  const { state, map, task, account, title, error } = names;
  const end = 75 * minute;
  const definition = (...states: readonly (readonly [string, JsonObject])[]): JsonObject => ({
    StartAt: states[0]?.[0] ?? '',
    States: Object.fromEntries(states),
  });
  return {
    title: 'wind-speed dev',
    simulated: true,
    at: start + end + 1_000,
    accounts: [
      { id: '333333333333', name: account },
      { id: '444444444444', name: 'wind-child-dev' },
    ],
    executions: [
      {
        executionArn: parentArn,
        stateMachineArn: 'arn:aws:states:us-east-1:333333333333:stateMachine:parent',
        name: 'run-1',
        title,
        status: 'FAILED',
        startDate: start,
        stopDate: start + end,
        input: JSON.stringify({ [state]: error }),
        error,
        cause: `${task} <img src=x onerror=alert(1)>`,
        definition: definition(
          [state, { Type: 'Task', Next: 'Outcome', Catch: [{ ErrorEquals: ['States.ALL'], Next: 'Child failed' }] }],
          ['Outcome', { Type: 'Succeed' }],
          ['Child failed', { Type: 'Fail' }],
        ),
        events: history(
          ['ExecutionStarted', 0, { input: '{}' }],
          ['TaskStateEntered', 0, { name: state, input: '{}' }],
          ['TaskScheduled', 0, { resourceType: 'states', taskCredentials: { roleArn: role } }],
          ['TaskStarted', 0],
          ['TaskSubmitted', 0, { resourceType: 'states', output: JSON.stringify({ ExecutionArn: childArn }) }],
          ['TaskTimedOut', end, { error, cause: '' }],
          ['TaskStateExited', end, { name: state, output: '{}' }],
          ['FailStateEntered', end, { name: 'Child failed' }],
          ['ExecutionFailed', end, { error }],
        ),
        mapRuns: [],
      },
      {
        executionArn: childArn,
        stateMachineArn: 'arn:aws:states:us-east-1:444444444444:stateMachine:child',
        name: 'run-1',
        title: 'wind-speed child',
        status: 'SUCCEEDED',
        startDate: start,
        stopDate: start + 2_884,
        input: '{}',
        output: '{"objects":3000}',
        definition: definition(
          [
            map,
            {
              Type: 'Map',
              Next: task,
              ItemProcessor: { StartAt: 'Batch', States: { Batch: { Type: 'Task', End: true } } },
            },
          ],
          [task, { Type: 'Task', End: true }],
        ),
        events: history(
          ['ExecutionStarted', 0],
          ['MapStateEntered', 0, { name: map }],
          ['MapStateStarted', 0],
          ['MapRunStarted', 0],
          ['MapRunSucceeded', 2_187],
          ['MapStateSucceeded', 2_187],
          ['MapStateExited', 2_187, { name: map }],
          ['TaskStateEntered', 2_187, { name: task }],
          ['TaskScheduled', 2_187],
          ['TaskStarted', 2_187],
          ['TaskSucceeded', 2_884],
          ['TaskStateExited', 2_884, { name: task }],
          ['ExecutionSucceeded', 2_884],
        ),
        mapRuns: [
          {
            mapRunArn: 'arn:aws:states:us-east-1:444444444444:mapRun:child/label:1',
            state: map,
            startDate: start,
            stopDate: start + 2_187,
            status: 'SUCCEEDED',
            toleratedFailurePercentage: 5,
            maxConcurrency: 1_000,
            batches: batchesOf(6),
          },
        ],
      },
    ],
    decisions: [
      {
        id: 'decision-1',
        principal: role,
        action: 'states:DescribeExecution',
        resource: childArn,
        account: '444444444444',
        verdict: 'implicit deny',
        first: start + 5_000,
        last: start + end,
        times: 900,
        seconds: Array.from({ length: 900 }, (_, index) => [start + 5_000 * (index + 1), 1]),
        denial: 'denial-1',
      },
    ],
    verdicts: [
      {
        execution: parentArn,
        claims: [
          {
            id: 'stuck-parent',
            gravity: 'stuck',
            sentence: `the ${title} hung after TaskSubmitted`,
            execution: parentArn,
            since: start + 2_884,
            until: start + end,
            isCertain: true,
          },
        ],
        evidence: [
          { kind: 'event', id: 5, execution: parentArn, at: start, type: 'TaskSubmitted' },
          {
            kind: 'decision',
            id: 'denial-1',
            action: 'states:DescribeExecution',
            principal: role,
            times: 900,
            last: start + end,
          },
        ],
        fixes: [{ kind: 'statement', place: 'identity policy of target', text: '{"Effect":"Allow"}' }],
        runbook: 'docs/runbooks/stuck-parents.md',
      },
    ],
  };
}

/** Batches of 500 items that begin together; every third one fails if `hasFailures`. */
export const batchesOf = (count: number, hasFailures = false): Execution['mapRuns'][number]['batches'] =>
  Array.from({ length: count }, (_, index) => ({
    index,
    executionArn: `arn:aws:states:us-east-1:444444444444:express:child/label:batch-${index}`,
    items: 500,
    attempts: [
      {
        startedAt: start + index,
        endedAt: start + index + 1_000 + (index % 7) * 100,
        status: hasFailures && index % 3 === 0 ? 'FAILED' : 'SUCCEEDED',
        ...(hasFailures && index % 3 === 0 && { error: 'Runtime.ExitError' }),
      },
    ],
  }));
