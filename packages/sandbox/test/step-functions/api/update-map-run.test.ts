import { DescribeMapRunCommand, UpdateMapRunCommand, type UpdateMapRunCommandInput } from '@aws-sdk/client-sfn';
import { describe, expect, test } from 'vitest';
import { type Difference, account, fill, keysOf, machineArn, mapping } from '../mapping.ts';
import { clientIn, operatorIn } from './operator.ts';

const executionArn = `${machineArn.replace(':stateMachine:', ':execution:')}:run`;

/** A Map Run of five children that wait for a minute, two at a time; those of `.bad` objects fail then. */
async function running(map: Difference['map'] = { MaxConcurrency: 2 }, keys = keysOf(5)) {
  const children = {
    Wait: { Type: 'Wait', Seconds: 60, Next: 'Judge' },
    Judge: {
      Type: 'Choice',
      Choices: [{ Condition: "{% $contains($states.input.Items[0].Key, '.bad') %}", Next: 'Bad' }],
      Default: 'Good',
    },
    Bad: { Type: 'Fail', Error: 'Storm' },
    Good: { Type: 'Succeed' },
  };
  const sandbox = await mapping({
    children,
    map: { ItemBatcher: { MaxItemsPerBatch: 1 }, ...map },
    others: [operatorIn(account)],
  });
  fill(sandbox, keys);
  const { executions, simulation } = sandbox;
  executions.start({ stateMachineArn: machineArn, name: 'run', input: {} });
  const mapRun = () => executions.get(executionArn)?.mapRuns[0];
  await simulation.run(() => (mapRun()?.counts().executionCounts.running ?? 0) > 0);
  const client = clientIn(sandbox, account);
  const mapRunArn = mapRun()?.arn ?? '';
  const update = (changes: Omit<UpdateMapRunCommandInput, 'mapRunArn'>) =>
    client.send(new UpdateMapRunCommand({ mapRunArn, ...changes }));
  const describeIt = () => client.send(new DescribeMapRunCommand({ mapRunArn }));
  return { client, simulation, update, describeIt, run: () => simulation.run(() => false) };
}

describe('an update of a Map Run', () => {
  test('lets more children run at once', async () => {
    const { update, describeIt, simulation } = await running();
    expect(await describeIt()).toMatchObject({ executionCounts: { running: 2, pending: 3 } });
    await update({ maxConcurrency: 4 });
    await simulation.elapse(1);
    expect(await describeIt()).toMatchObject({ maxConcurrency: 4, executionCounts: { running: 4, pending: 1 } });
    await update({ maxConcurrency: 0 });
    await simulation.elapse(1);
    expect(await describeIt()).toMatchObject({ maxConcurrency: 10_000, executionCounts: { running: 5, pending: 0 } });
  });

  test('lets fewer run, without stopping any', async () => {
    const { update, describeIt, simulation } = await running({ MaxConcurrency: 3 });
    await update({ maxConcurrency: 1 });
    await simulation.elapse(61_000);
    expect(await describeIt()).toMatchObject({ executionCounts: { succeeded: 3, running: 1, pending: 1 } });
  });

  test.each([
    [{}, 'FAILED', 0, 0],
    [{ toleratedFailureCount: 2 }, 'SUCCEEDED', 2, 0],
    [{ toleratedFailurePercentage: 40 }, 'SUCCEEDED', 0, 40],
  ])('changes what is tolerated: %j', async (changes, status, count, percentage) => {
    const { update, describeIt, run } = await running({}, [...keysOf(3), ...keysOf(2, '.bad')]);
    await update(changes);
    await run();
    expect(await describeIt()).toMatchObject({
      status,
      toleratedFailureCount: count,
      toleratedFailurePercentage: percentage,
    });
  });

  test('is refused when the run has ended, and when it is not there', async () => {
    const { client, update, run } = await running();
    await run();
    await expect(update({ maxConcurrency: 1 })).rejects.toMatchObject({
      name: 'ValidationException',
      message: expect.stringMatching(/^the Map Run has ended/) as string,
    });
    const missing = `arn:aws:states:us-east-1:${account}:mapRun:mapping/each:1`;
    await expect(client.send(new UpdateMapRunCommand({ mapRunArn: missing }))).rejects.toMatchObject({
      name: 'ResourceNotFound',
    });
    await expect(client.send(new UpdateMapRunCommand({ mapRunArn: machineArn }))).rejects.toMatchObject({
      name: 'InvalidArn',
    });
  });

  test.each([{ maxConcurrency: -1 }, { toleratedFailureCount: -1 }, { toleratedFailurePercentage: 100.5 }])(
    'is refused beyond the limits: %j',
    async (changes) => {
      const { update } = await running();
      await expect(update(changes)).rejects.toMatchObject({ name: 'ValidationException' });
    },
  );
});
