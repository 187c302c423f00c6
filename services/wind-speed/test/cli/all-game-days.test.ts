import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import type { GameReport } from '../../../../cli/gameday/game-report.ts';
import { windSpeed } from '../platform.ts';
import { crosswind } from './crosswind.ts';

let report: GameReport;
beforeAll(async () => {
  const file = join(windSpeed.clone.root, 'gamedays.yaml');
  const { stdout } = await crosswind('gameday', '--all', '--json', '--file', file);
  report = JSON.parse(stdout) as GameReport;
}, 3_600_000);

test('all game days pass, and each alarm is raised by one', () => {
  expect(report.games.filter(({ passed }) => !passed).map(({ name, wrong }) => [name, wrong])).toEqual([]);
  expect(report.unproven).toEqual([]);
});

test('functions make no call that they do not declare', () => {
  expect(report.calls).toMatchObject({ isDeclared: true, undeclared: [] });
  expect(report.calls.made.map(({ action }) => action)).toEqual(
    expect.arrayContaining(['s3:GetObject', 's3:PutObject']),
  );
});

/** Parts of the first claim of `crosswind why` and of its first fix, by game; no fix where nothing is wrong. */
const explained: Readonly<Record<string, readonly [sentence: string, fix?: string]>> = {
  'quiet-day': ['nothing is wrong: the parent'],
  'stuck-parent': ['the parent hangs after TaskSubmitted: the child has SUCCEEDED', 'states:DescribeExecution'],
  'stuck-parent-to-its-end': ['the parent waited 75 min more', 'states:DescribeExecution'],
  'stop-missing': ['after the parent was ABORTED: nobody stopped it', 'states:StopExecution'],
  'wrong-external-id': ['lacks sts:AssumeRole', 'sts:ExternalId'],
  'child-killed': ['stopped the child game-day-1, while the parent waited for it', 'redrive-execution'],
  'run-stopped': ['stopped the parent game-day-1', 'redrive-execution'],
  'child-timed-out': ['the child ran into its timeout of 2 min', 'TimeoutSeconds'],
  'parent-timed-out': ['the parent ran into its timeout of 2 min', 'TimeoutSeconds'],
  'results-denied': ['lacks s3:PutObject', 's3:PutObject'],
  'key-disabled': ['is disabled, so the child cannot use what it encrypts', 'enable-key'],
  'poisoned-object': ['one batch of Analyze objects fails and 24 succeed', 'gsod/2022/'],
  'failing-items-3': ['3 of 100 objects could not be read (3.0 %)', 'correct these items'],
  'failing-items-4': ['4 of 100 objects could not be read (4.0 %)', 'correct these items'],
  'failing-items-6': ['of 100 items of Analyze objects failed, more than it tolerates', 'ToleratedFailurePercentage'],
  'source-empty': ['Analyze objects of the child found no item', 'bucket and prefix'],
  'out-of-memory': ['ran out of memory', 'raise MemorySize from 1,024 MB'],
  slow: ['of the 60 s that it may take', 'raise Timeout from 60 s'],
  'lambda-throttled': ['account 444444444444 has no concurrency left', 'maxConcurrency'],
  'function-switched-off': ['it has 0 at a time reserved', 'ReservedConcurrentExecutions from 0'],
  'lambda-concurrency': ['account 444444444444 uses Lambda concurrency of 20, of 20', 'quota'],
  'neighbor-takes-concurrency': ['account 333333333333 uses Lambda concurrency of 901, of 1,000', 'quota'],
  'import-failed': ['NoSuchBucket', 'redrive-execution'],
  'import-timed-out': ['child-import ran into its timeout of 60.0 s', 'TimeoutSeconds'],
  'started-twice': ['one time of the schedule started two runs', 'at least once'],
  'never-started': ['started no run at 2026-01-06T12:00:00.000Z', 'start-execution'],
  'schedule-denied': ['the start was refused', 'start-execution'],
  'probe-dead': ['the probe of account 333333333333 in us-east-1 made its last round', 'scheduler get-schedule'],
  'probe-fails': ['each one since has failed', 'aws logs tail'],
  'probe-incomplete': ['the probe of account 444444444444 could not see everything', 'incomplete'],
  'link-cut': ['account 444444444444 shows its metrics in us-east-1 to no monitoring account', 'crosswind preflight'],
  'healthy-parent': ['nothing is wrong: the parent'],
  'event-lost': ['EventBridge did not deliver the event, and a poll found the end', 'nothing to fix'],
  'event-lost-without-permission': ['child-nested hangs after TaskSubmitted', 'states:DescribeExecution'],
  'open-map-runs': ['40 Map Runs Hold a Map Run open of the child have waited', 'list-executions'],
  'map-run-backlog': ['2 Map Runs Hold a Map Run open of the child waited', 'list-executions'],
  'transition-throttling': ['state transitions of the child had to wait', 'slow down'],
  'transitions-used': ['state transitions in a minute, of 60 that it gets', 'start less'],
  'describe-throttled': ['DescribeExecution was throttled in account', 'describes executions in a loop'],
  'map-run-start-denied': ['lacks states:StartExecution', 'states:StartExecution'],
  'drill-stopped': ['stopped the parent game-day-1', 'redrive-execution'],
  'drill-timed-out': ['the parent ran into its timeout of 2 min', 'TimeoutSeconds'],
  'failing-items-exactly': ['3 of 80 objects could not be read (3.8 %)', 'correct these items'],
  'lambda-throttled-once': ['account 444444444444 has no concurrency left', 'maxConcurrency'],
  'batch-timed-out': ['took longer than its timeout, 25 times', 'raise Timeout from 48 s'],
  'half-of-its-timeout': [
    'the child has SUCCEEDED, and the parent has waited 58 min since',
    'states:DescribeExecution',
  ],
  'never-succeeded': ['the parent waited 75 min more', 'states:DescribeExecution'],
  'nobody-invokes': ['account 444444444444 has no concurrency left', 'maxConcurrency'],
  'concurrency-reserved': ['account 333333333333 uses Lambda concurrency of 901, of 1,000', 'quota'],
  'throttled-briefly': ['of the parent had to wait', 'slow down'],
  'open-map-runs-exactly': ['account 444444444444 uses 900 open Map Runs, of 1,000', 'start less'],
  'transition-throttled-once': ['1 state transition of the parent had to wait', 'slow down'],
  'describe-throttled-once': [
    'DescribeExecution was throttled in account 444444444444, 1 call',
    'describes executions in a loop',
  ],
  'transitions-used-exactly': ['240 state transitions in a minute, of 300 that it gets', 'start less'],
};

test('crosswind why explains every fault, and how it is fixed', () => {
  const { games } = report;
  expect(games.map(({ name }) => name).sort()).toEqual(Object.keys(explained).sort());
  const other = games.filter(({ name, claims: [claim], fixes: [fix] }) => {
    const [sentence = '', wanted] = explained[name] ?? [];
    const isFixed = wanted === undefined ? fix === undefined : JSON.stringify(fix ?? '').includes(wanted);
    return !claim?.sentence.includes(sentence) || !isFixed;
  });
  expect(other.map(({ name, claims, fixes }) => [name, claims[0], fixes[0]])).toEqual([]);
});

test('nothing is called right, or not due, beside a fault of a run', () => {
  const beside = report.games.filter(({ claims: [, ...others] }) =>
    others.some(({ id }) => ['succeeded', 'healthy', 'not-started'].includes(id)),
  );
  expect(beside.map(({ name }) => name)).toEqual([]);
});
