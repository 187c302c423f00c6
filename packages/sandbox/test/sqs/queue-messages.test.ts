import { expect, test } from 'vitest';
import type { JsonObject } from '@crosswind/aws/json';
import { sandboxWith } from '../../src/testing/literals.ts';
import { account } from '../cloudformation/refusals.ts';
import { around, queueArn, schedule } from '../scheduler/scheduled.ts';

const place = { account, region: 'us-east-1' };
const visible = {
  namespace: 'AWS/SQS',
  name: 'ApproximateNumberOfMessagesVisible',
  dimensions: { QueueName: 'letters' },
};
const minute = 60_000;

/** The greatest number of visible messages in each of the periods from 03:30 on; undefined without a value. */
async function visibleBy(minutes: number, count: number, properties: JsonObject) {
  const Queue = { Type: 'AWS::SQS::Queue', Properties: { QueueName: 'letters', ...properties } };
  const Tried = schedule('at(2026-01-02T03:30:00)', {}, { Arn: queueArn });
  const sandbox = await sandboxWith([{ account, resources: { ...around(), Queue, Tried } }]);
  await sandbox.settle(30 + count * minutes);
  const from = Date.UTC(2026, 0, 2, 3, 30);
  const length = minutes * minute;
  const periods = sandbox.cloudWatch.metrics.series(place, visible)?.periods(from, from + count * length, length);
  return [...(periods?.values() ?? [])].map((values) => values.maximum);
}

test('a message is visible in every minute until it expires', async () => {
  expect(await visibleBy(1, 5, { MessageRetentionPeriod: 120 })).toEqual([1, 1, 0]);
});

test('a message is kept for four days by default', async () => {
  expect(await visibleBy(24 * 60, 6, {})).toEqual([1, 1, 1, 1, 0]);
});
