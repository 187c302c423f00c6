import { describe, expect, test } from 'vitest';
import type { JsonObject } from '@crosswind/aws/json';
import { allow, now } from '../../src/testing/literals.ts';
import { account, called, machineArn } from '../step-functions/calling.ts';

const executionArn = `${machineArn.replace(':stateMachine:', ':execution:')}:run`;

describe('events:putEvents', () => {
  const resource = 'arn:aws:states:::events:putEvents';
  const busArn = `arn:aws:events:us-east-1:${account}:event-bus/default`;
  const may = [allow('events:PutEvents', busArn)];
  const entry = { Source: 'wind', DetailType: 'gust', Detail: { knots: 40 }, Resources: ['station'] };

  test('keeps the entries, with execution and state machine among their resources', async () => {
    const { sandbox, execution } = await called({ resource, args: { Entries: [entry] }, may });
    const [event] = sandbox.events.events;
    expect(event).toEqual({
      id: event?.id,
      busArn,
      source: 'wind',
      detailType: 'gust',
      detail: '{"knots":40}',
      resources: ['station', executionArn, machineArn],
      at: now,
    });
    expect(execution.outcome).toEqual({
      status: 'SUCCEEDED',
      output: { Entries: [{ EventId: event?.id }], FailedEntryCount: 0 },
    });
  });

  test.each<[string, JsonObject, string, string]>([
    [
      'has no source',
      { DetailType: 'gust', Detail: {} },
      'InvalidArgument',
      'Parameter Source is not valid. Reason: Source is a required argument.',
    ],
    ['has a detail that is no JSON', { ...entry, Detail: 'strong' }, 'MalformedDetail', 'Detail is malformed.'],
  ])('fails when an entry %s, and keeps the others', async (_, wrong, ErrorCode, ErrorMessage) => {
    const { sandbox, execution } = await called({ resource, args: { Entries: [entry, wrong] }, may });
    const [event, ...others] = sandbox.events.events;
    expect(others).toEqual([]);
    expect(execution.outcome).toEqual({
      status: 'FAILED',
      error: 'EventBridge.FailedEntry',
      cause: JSON.stringify({ Entries: [{ EventId: event?.id }, { ErrorCode, ErrorMessage }], FailedEntryCount: 1 }),
    });
  });

  test.each<[string, readonly JsonObject[], readonly JsonObject[], string]>([
    ['without the permission', [], [entry], 'AccessDeniedException'],
    [
      'to a bus that is not there',
      [allow('events:PutEvents')],
      [{ ...entry, EventBusName: 'b' }],
      'ResourceNotFoundException',
    ],
    [
      'to the bus of another account',
      [allow('events:PutEvents')],
      [{ ...entry, EventBusName: busArn.replace(account, '555555555555') }],
      'AccessDeniedException',
    ],
    ['of nothing', may, [], 'ValidationException'],
    ['of more than ten', may, Array.from({ length: 11 }, () => entry), 'ValidationException'],
  ])('fails %s', async (_, statements, Entries, code) => {
    const { sandbox, execution } = await called({ resource, args: { Entries }, may: statements });
    expect(execution.outcome).toMatchObject({
      status: 'FAILED',
      error: 'EventBridge.AmazonEventBridgeException',
      cause: expect.stringContaining(`Error Code: ${code};`) as string,
    });
    expect(sandbox.events.events).toEqual([]);
  });
});
