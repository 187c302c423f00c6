import { readAssembly } from '@crosswind/assembly/read-assembly';
import { stacksInOrder } from '@crosswind/assembly/stacks-in-order';
import { expect, test } from 'vitest';
import { openSandbox } from '../src/sandbox.ts';
import { writeGreeterAssembly } from './greeter-assembly.ts';

// How a project of yours tests its own app; `cdk synth` writes `cdk.out`.
test('the workflow greets', async () => {
  const directory = writeGreeterAssembly();
  const sandbox = await openSandbox();
  for (const { stacks } of stacksInOrder(readAssembly(directory)))
    for (const stack of stacks) await sandbox.deploy(stack);
  const stateMachineArn = 'arn:aws:states:eu-west-1:111111111111:stateMachine:greeter';
  const started = sandbox.executions.start({ stateMachineArn, input: { name: 'wind' } });
  await sandbox.simulation.run(() => started.ok && started.execution.outcome !== undefined);
  expect(started.ok && started.execution.outcome).toEqual({ status: 'SUCCEEDED', output: 'hello wind' });
  await sandbox.close();
});
