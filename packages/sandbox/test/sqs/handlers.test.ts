import { expect, test } from 'vitest';
import type { JsonObject } from '@crosswind/aws/json';
import { type LiteralStack, allow } from '../../src/testing/literals.ts';
import { account } from '../cloudformation/refusals.ts';
import { handled, inHand, refusal } from '../handling.ts';

const arn = `arn:aws:sqs:us-east-1:${account}:mine`;
const stack = (properties: JsonObject = {}, actions = 'sqs:SendMessage'): LiteralStack => ({
  account,
  resources: {
    Mine: { Type: 'AWS::SQS::Queue', Properties: { QueueName: 'mine', ...properties } },
    OnMine: {
      Type: 'AWS::SQS::QueuePolicy',
      Properties: {
        Queues: [{ Ref: 'Mine' }],
        PolicyDocument: { Version: '2012-10-17', Statement: [{ ...allow(actions), Principal: '*' }] },
      },
    },
  },
});

test('a queue is changed and deleted, and its name is free again', async () => {
  const { sandbox, create, update, remove, read } = await handled(stack(), 'Mine');
  await update(stack({ VisibilityTimeout: 60 }));
  expect(read()).toEqual({ QueueName: 'mine', VisibilityTimeout: 60 });
  expect(await refusal(create)).toBe('QueueAlreadyExists: A queue named mine already exists.');
  await remove();
  await remove();
  expect([read(), [...sandbox.queues]]).toEqual([undefined, []]);
  expect(await refusal(() => update(stack()))).toBe('QueueDoesNotExist: The specified queue does not exist.');
  expect(await refusal(create)).toBeUndefined();
});

test('the policy of a queue is changed and deleted', async () => {
  const { sandbox, update, remove, read } = await handled(stack(), 'OnMine');
  await update(stack({}, 'sqs:ReceiveMessage'));
  expect(JSON.stringify(read())).toContain('sqs:ReceiveMessage');
  await remove();
  await remove();
  expect([read(), sandbox.identities.resourcePolicy(arn)]).toEqual([undefined, undefined]);
  expect(inHand(sandbox, stack(), 'Mine').read()).toBeDefined();
});
