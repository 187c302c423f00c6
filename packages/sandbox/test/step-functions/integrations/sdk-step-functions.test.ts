import { describe, expect, test } from 'vitest';
import type { JsonObject } from '@crosswind/aws/json';
import { type Resources, allow, now, stateMachine } from '../../../src/testing/literals.ts';
import { account, called, machineArn } from '../calling.ts';

const executionArn = `${machineArn.replace(':stateMachine:', ':execution:')}:run`;

describe('aws-sdk:sfn', () => {
  const helperArn = `arn:aws:states:us-east-1:${account}:stateMachine:helper`;
  const helper = (
    properties: JsonObject = {},
    states: JsonObject = { Done: { Type: 'Pass', End: true } },
  ): Resources => ({
    Helper: stateMachine('helper', states, properties),
  });
  const sdk = (operation: string): string => `arn:aws:states:::aws-sdk:sfn:${operation}`;

  test('starts an execution, with an input that is no text as JSON, and moments as text', async () => {
    const args = { StateMachineArn: helperArn, Name: 'one', Input: { n: 1 } };
    const may = [allow('states:StartExecution', helperArn)];
    const { sandbox, execution } = await called({ resource: sdk('startExecution'), args, may, resources: helper() });
    const ExecutionArn = `${helperArn.replace(':stateMachine:', ':execution:')}:one`;
    expect(execution.outcome).toEqual({
      status: 'SUCCEEDED',
      output: { ExecutionArn, StartDate: '2026-01-02T03:04:05.000Z' },
    });
    expect(sandbox.executions.get(ExecutionArn)?.input).toEqual({ n: 1 });
  });

  test('lists in the words of the SDK', async () => {
    const args = { StateMachineArn: machineArn };
    const { execution } = await called({
      resource: sdk('listExecutions'),
      args,
      may: [allow('states:ListExecutions')],
    });
    expect(execution.outcome).toMatchObject({
      output: { Executions: [{ ExecutionArn: executionArn, Name: 'run', Status: 'RUNNING', RedriveCount: 0 }] },
    });
  });

  test.each<[string, string, JsonObject, readonly JsonObject[], string, RegExp]>([
    [
      'the token of no task',
      'sendTaskSuccess',
      { TaskToken: 'none', Output: {} },
      [allow('states:SendTaskSuccess')],
      'Sfn.InvalidTokenException',
      /^Invalid Token: 'Invalid token' \(Service: Sfn, Status Code: 400, Request ID: simulated\) \(SDK Attempt Count: 1\)$/,
    ],
    [
      'an execution that is not there',
      'describeExecution',
      { ExecutionArn: `${executionArn}-2` },
      [allow('states:DescribeExecution')],
      'Sfn.ExecutionDoesNotExistException',
      /^Execution Does Not Exist/,
    ],
    ['no permission', 'listStateMachines', {}, [], 'Sfn.SfnException', /is not authorized to perform/],
  ])('fails for %s', async (_, operation, args, may, error, cause) => {
    const { execution } = await called({ resource: sdk(operation), args, may });
    expect(execution.outcome).toEqual({ status: 'FAILED', error, cause: expect.stringMatching(cause) as string });
  });

  describe('startSyncExecution', () => {
    const may = [allow('states:StartSyncExecution', helperArn)];
    const args = { StateMachineArn: helperArn, Input: { n: 1 } };
    const express = { StateMachineType: 'EXPRESS' };
    const slow = { Work: { Type: 'Wait', Seconds: 3, Output: { m: 2 }, End: true } };
    const calling = { resource: sdk('startSyncExecution'), args, may };

    test('waits for an Express execution', async () => {
      const { execution } = await called({ ...calling, resources: helper(express, slow) });
      expect(execution.stoppedAt).toBe(now + 3_000);
      expect(execution.outcome).toMatchObject({
        status: 'SUCCEEDED',
        output: {
          Status: 'SUCCEEDED',
          Input: '{"n":1}',
          Output: '{"m":2}',
          StateMachineArn: helperArn,
          StopDate: '2026-01-02T03:04:08.000Z',
          BillingDetails: { BilledDurationInMilliseconds: 3_000, BilledMemoryUsedInMB: 64 },
        },
      });
    });

    test('succeeds when the execution fails, and says so', async () => {
      const { execution } = await called({
        ...calling,
        resources: helper(express, { Work: { Type: 'Fail', Error: 'No' } }),
      });
      expect(execution.outcome).toMatchObject({ status: 'SUCCEEDED', output: { Status: 'FAILED', Error: 'No' } });
    });

    test('is for Express workflows only, and needs its own permission', async () => {
      const standard = await called({ ...calling, resources: helper() });
      expect(standard.execution.outcome).toMatchObject({ error: 'Sfn.StateMachineTypeNotSupportedException' });
      const denied = await called({ ...calling, resources: helper(express), may: [allow('states:StartExecution')] });
      expect(denied.execution.outcome).toMatchObject({ error: 'Sfn.SfnException' });
    });
  });
});
