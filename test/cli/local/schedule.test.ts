import { sandboxWith } from '@crosswind/sandbox/testing/literals';
import { expect, test } from 'vitest';
import { scheduledText } from '../../scheduled-platform.ts';
import { platformOf, stackAt, synthesize } from '../../synthesized.ts';
import { addBoundaries } from '../../add-boundaries.ts';

test('the stack of a parent with a schedule is deployed, and nothing starts', async () => {
  const platform = platformOf(scheduledText);
  const { stacks } = synthesize(platform);
  const sandbox = await sandboxWith([]);
  addBoundaries(sandbox, platform);
  await sandbox.deploy(stackAt(stacks, 'Crosswind/dev-word-count/Parent'));
  const parent = 'arn:aws:states:us-east-1:333333333333:stateMachine:crosswind-word-count-parent';
  expect(sandbox.schedules.all.map(({ target }) => target.arn)).toEqual([parent]);
  expect([...sandbox.queues]).toEqual(['arn:aws:sqs:us-east-1:333333333333:crosswind-word-count-schedule-failures']);
  await sandbox.simulation.run(() => false);
  expect(sandbox.executions.of(parent)).toEqual([]);
  expect(sandbox.executions.start({ stateMachineArn: parent, input: {} }).ok).toBe(true);
  expect(sandbox.executions.of(parent)).toHaveLength(1);
});
