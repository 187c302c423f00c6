import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { redriveObstacle, startedMachines, stopObstacle, usedPermissions } from '../../src/models/actions.ts';
import { clockWords, speedOf } from '../../src/models/clock.ts';
import {
  allowCommand,
  credentialsCommand,
  redriveCommand,
  shellWord,
  startCommand,
  stopCommand,
} from '../../src/models/commands.ts';
import { snapshotOf } from '../../src/server/snapshot.ts';
import { stuckRun } from '../stuck-run.ts';

const arn = 'arn:aws:states:us-east-1:111111111111:execution:machine:name';
const express = 'arn:aws:states:us-east-1:111111111111:express:machine:name:1';
const day = 86_400_000;
const ended = { arn, status: 'FAILED', startedAt: 0, stoppedAt: 1_000, parent: null };

describe('an execution can be redriven', () => {
  test.each([
    ['that failed', {}, 5, undefined],
    ['that timed out', { status: 'TIMED_OUT' }, 5, undefined],
    ['that was stopped', { status: 'ABORTED' }, 5, undefined],
    ['unless it runs', { status: 'RUNNING', stoppedAt: null }, 5, 'it is RUNNING'],
    ['unless it succeeded', { status: 'SUCCEEDED' }, 5, 'it is SUCCEEDED'],
    ['unless it is Express', { arn: express }, 5, 'start it again'],
    ['unless a Map Run started it', { parent: { arn, event: null, role: null } }, 5, 'a Map Run started it'],
    ['that another one started', { parent: { arn, event: 5, role: null } }, 5, undefined],
    ['with 24,998 events', {}, 24_998, undefined],
    ['unless it has 24,999 events', {}, 24_999, 'fewer than 24999'],
  ])('%s', (_, difference, events, reason) => {
    const found = redriveObstacle({ ...ended, ...difference }, events, 2_000);
    if (reason === undefined) expect(found).toBe(undefined);
    else expect(found).toContain(reason);
  });

  test.each([
    [14 * day + 1_000, 0, undefined],
    [14 * day + 1_001, 0, 'it ended more than 14 days ago'],
    [365 * day, 364 * day, undefined],
    [365 * day + 1, 364 * day, 'it began more than a year ago'],
  ])('at %d if it ended at %d or a second after the begin', (now, stoppedAt, reason) => {
    expect(redriveObstacle({ ...ended, stoppedAt: Math.max(1_000, stoppedAt) }, 5, now)).toBe(reason);
  });
});

test.each([
  [{ status: 'RUNNING' }, undefined],
  [{ status: 'FAILED' }, 'it has FAILED already'],
  [
    { status: 'RUNNING', arn: express },
    'an Express execution cannot be stopped: stop the one that started its Map Run',
  ],
])('an execution like %j can be stopped, or it is said why not', (difference, reason) => {
  expect(stopObstacle({ ...ended, ...difference })).toBe(reason);
});

test('a file knows the state machines of its executions, with their inputs', () => {
  const machines = startedMachines(snapshotOf(stuckRun()));
  expect(machines).toEqual([
    {
      arn: 'arn:aws:states:us-east-1:333333333333:stateMachine:parent',
      title: 'wind-speed parent',
      account: '333333333333',
      isEntry: true,
      input: '{"Start child":"States.Timeout"}',
    },
    {
      arn: 'arn:aws:states:us-east-1:444444444444:stateMachine:child',
      title: 'wind-speed child',
      account: '444444444444',
      isEntry: false,
      input: '{}',
    },
  ]);
});

test('permissions of a run are those that its roles used while it ran, the role that starts the child first', () => {
  const target = 'arn:aws:iam::444444444444:role/target';
  const decision = (principal: string, action: string, verdict: 'allowed' | 'implicit deny', at = 5_200) => ({
    id: `${principal} ${action}`,
    ...{ principal, action, verdict, resource: '*', account: '444444444444', denial: null },
    ...{ first: at, last: at, times: 1, seconds: [[Math.floor(at / 1_000) * 1_000, 1] as const] },
  });
  const family = [
    { account: '333333333333', parent: null, startedAt: 5_100, stoppedAt: 9_000 },
    { account: '444444444444', parent: { arn, event: 5, role: target }, startedAt: 5_200, stoppedAt: 8_000 },
  ];
  const decisions = [
    decision('arn:aws:iam::333333333333:role/parent', 'sts:AssumeRole', 'allowed'),
    decision(target, 'states:StartExecution', 'allowed'),
    decision(target, 'states:StartExecution', 'allowed'),
    decision(target, 'states:DescribeExecution', 'implicit deny'),
    decision('arn:aws:iam::555555555555:role/other', 'states:StartExecution', 'allowed'),
    decision('arn:aws:iam::333333333333:role/crosswind-sandbox-operator', 'states:StartExecution', 'allowed'),
    decision('arn:aws:iam::444444444444:role/probe', 'states:ListExecutions', 'allowed', 4_900),
    decision('arn:aws:iam::444444444444:role/probe', 'logs:PutLogEvents', 'allowed', 9_100),
    decision('events.amazonaws.com', 'states:StartExecution', 'allowed'),
  ];
  expect(usedPermissions({ decisions }, family)).toEqual([
    { role: target, action: 'states:StartExecution' },
    { role: 'arn:aws:iam::333333333333:role/parent', action: 'sts:AssumeRole' },
  ]);
});

describe('a command', () => {
  test('has the words that the shell gives back, whatever is in them', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'grapheme' }).filter((text) => !text.includes('\0'))), (words) => {
        const command = `printf '%s\\0' ${words.map(shellWord).join(' ')}`;
        const printed = execFileSync('sh', ['-c', command], { encoding: 'utf8' });
        expect(printed).toBe(words.length === 0 ? '\0' : words.map((word) => `${word}\0`).join(''));
      }),
      { numRuns: 30 },
    );
  });

  test('leaves out what was not given', () => {
    expect(startCommand({ machine: 'arn:aws:states:us-east-1:1:stateMachine:m', input: '{}', name: '' })).toBe(
      "aws stepfunctions start-execution --state-machine-arn arn:aws:states:us-east-1:1:stateMachine:m --input '{}' --region us-east-1",
    );
    expect(stopCommand({ execution: arn, error: '', cause: '' })).toBe(
      `aws stepfunctions stop-execution --execution-arn ${arn} --region us-east-1`,
    );
    expect(redriveCommand(arn)).toBe(`aws stepfunctions redrive-execution --execution-arn ${arn} --region us-east-1`);
  });

  test.each([
    ['4577', undefined, 'eval "$(npx crosswind credentials 111111111111 --port 4577)"'],
    ['4577', 'admin', 'eval "$(npx crosswind credentials 111111111111 admin --port 4577)"'],
    ['', undefined, 'eval "$(npx crosswind credentials 111111111111)"'],
  ])('has its credentials before it: port %j, role %j', (port, role, command) => {
    expect(credentialsCommand('111111111111', port, role)).toBe(command);
  });

  test('gives a role one more policy with a statement', () => {
    expect(allowCommand('arn:aws:iam::111111111111:role/path/target', '{"Effect":"Allow"}')).toBe(
      `aws iam put-role-policy --role-name target --policy-name crosswind-fix --policy-document '{"Version":"2012-10-17","Statement":[{"Effect":"Allow"}]}'`,
    );
  });
});

describe('the clock in words', () => {
  const clock = { speed: 1, isStepping: false, nextAt: null, isWorking: false };
  test.each([
    [{}, 'Real time', '1x'],
    [{ speed: 0 }, 'Paused', 'pause'],
    [{ speed: 60 }, '60x', '60x'],
    [{ speed: null }, 'As fast as it can', 'fast'],
    [{ speed: 60, isWorking: true }, '60x, at real time while a function runs', '60x'],
    [{ isWorking: true }, 'Real time', '1x'],
    [{ speed: 0, isStepping: true }, 'Goes to the next event', 'pause'],
    [{ speed: 0, isStepping: true, isWorking: true }, 'Goes to the next event: a function runs', 'pause'],
    [{ speed: 7 }, '7x', undefined],
  ])('%j is %j', (difference, words, speed) => {
    expect(clockWords({ ...clock, ...difference })).toBe(words);
    expect(speedOf({ ...clock, ...difference })).toBe(speed);
  });
});
