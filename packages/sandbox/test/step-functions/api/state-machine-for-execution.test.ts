import { DescribeStateMachineForExecutionCommand } from '@aws-sdk/client-sfn';
import { expect, test } from 'vitest';
import { execute, now } from '../../../src/testing/literals.ts';
import { account, fill, keysOf, machineArn, mapping } from '../mapping.ts';
import { clientIn, operatorIn } from './operator.ts';

const executionArn = `${machineArn.replace(':stateMachine:', ':execution:')}:run`;

async function ran() {
  const processor = {
    ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: 'STANDARD' },
    StartAt: 'P',
    States: { P: { Type: 'Pass', End: true } },
  };
  const sandbox = await mapping({ map: { ItemProcessor: processor }, others: [operatorIn(account)] });
  fill(sandbox, keysOf(1));
  const { mapRuns } = await execute(sandbox, machineArn);
  return { client: clientIn(sandbox, account), mapRun: mapRuns[0] };
}

test('an execution tells which definition it runs', async () => {
  const { client } = await ran();
  const { definition, ...told } = await client.send(new DescribeStateMachineForExecutionCommand({ executionArn }));
  expect(JSON.parse(definition ?? '')).toMatchObject({ StartAt: 'Each' });
  expect(told).toMatchObject({
    stateMachineArn: machineArn,
    name: 'mapping',
    roleArn: `arn:aws:iam::${account}:role/machine-role`,
    updateDate: new Date(now),
  });
  expect(told).not.toHaveProperty('mapRunArn');
  const command = new DescribeStateMachineForExecutionCommand({ executionArn, includedData: 'METADATA_ONLY' });
  expect((await client.send(command)).definition).toBe('{}');
});

test('a child tells of its Map Run as well', async () => {
  const { client, mapRun } = await ran();
  const child = new DescribeStateMachineForExecutionCommand({ executionArn: mapRun?.children[0]?.arn });
  expect(await client.send(child)).toMatchObject({
    stateMachineArn: `${machineArn}/each`,
    mapRunArn: mapRun?.arn,
    label: 'each',
  });
});
