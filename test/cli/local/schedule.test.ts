import { sandboxWith } from '@crosswind/sandbox/testing/literals';
import { expect, test } from 'vitest';
import { scheduledText } from '../../scheduled-platform.ts';
import { platformOf, stackAt, synthesize } from '../../synthesized.ts';
import { addBoundaries } from '../../add-boundaries.ts';

const parent = 'arn:aws:states:us-east-1:333333333333:stateMachine:crosswind-word-count-parent';

/** A sandbox with the stack of the parent, and its schedule. */
async function deployed(text: string) {
  const platform = platformOf(text);
  const { stacks } = synthesize(platform);
  const sandbox = await sandboxWith([]);
  addBoundaries(sandbox, platform);
  await sandbox.deploy(stackAt(stacks, 'Crosswind/dev-word-count/Parent'));
  return sandbox;
}

test('the stack of a parent with a schedule is deployed, and nothing starts before its time', async () => {
  const sandbox = await deployed(scheduledText);
  expect(sandbox.schedules.all.map(({ target }) => target.arn)).toEqual([parent]);
  expect([...sandbox.queues]).toEqual(['arn:aws:sqs:us-east-1:333333333333:crosswind-word-count-schedule-failures']);
  await sandbox.simulation.run(() => false);
  expect(sandbox.executions.of(parent)).toEqual([]);
  expect(sandbox.executions.start({ stateMachineArn: parent, input: {} }).ok).toBe(true);
  expect(sandbox.executions.of(parent)).toHaveLength(1);
});

test('a rate starts the parent at once, as its role', async () => {
  const sandbox = await deployed(scheduledText.replace('cron(0 6 1 * ? *)', 'rate(7 days)'));
  await sandbox.simulation.run(() => false);
  expect(sandbox.executions.of(parent).map(({ input }) => input)).toEqual([{}]);
  const [schedule] = sandbox.schedules.all;
  expect(sandbox.schedules.firings(schedule?.arn ?? '')).toMatchObject([{ outcome: 'invoked' }]);
});
