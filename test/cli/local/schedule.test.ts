import { deployStack } from '@crosswind/sandbox/cloudformation/deploy-stack';
import { sandboxWith } from '@crosswind/sandbox/testing/literals';
import { expect, test } from 'vitest';
import { scheduledText } from '../../scheduled-platform.ts';
import { platformOf, stackAt, synthesize } from '../../synthesized.ts';

test('the stack of a parent with a schedule is deployed, and nothing starts', async () => {
  const { stacks } = synthesize(platformOf(scheduledText));
  const { cloud } = await sandboxWith([]);
  await deployStack(cloud, stackAt(stacks, 'Crosswind/dev-wind-speed-parent/Parent'));
  const parent = 'arn:aws:states:us-east-1:333333333333:stateMachine:crosswind-wind-speed-parent';
  expect([...cloud.schedules.values()]).toEqual([parent]);
  expect([...cloud.queues]).toEqual(['arn:aws:sqs:us-east-1:333333333333:crosswind-wind-speed-schedule-failures']);
  await cloud.simulation.run(() => false);
  expect(cloud.executions.of(parent)).toEqual([]);
  expect(cloud.executions.start({ stateMachineArn: parent, input: {} }).ok).toBe(true);
  expect(cloud.executions.of(parent)).toHaveLength(1);
});
