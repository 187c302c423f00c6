import {
  DescribeExecutionCommand,
  DescribeStateMachineCommand,
  ListExecutionsCommand,
  ListStateMachinesCommand,
  StartExecutionCommand,
  paginateListStateMachines,
} from '@aws-sdk/client-sfn';
import { describe, expect, test } from 'vitest';
import { allow, arnOf, logGroup, now, role, sandboxWith, stateMachine, states } from '../../../src/testing/literals.ts';
import { clientIn, operatorIn } from './operator.ts';
import { account, machineArn, passTime, waitingMachine } from './waiting-machine.ts';

const pass = { Done: { Type: 'Pass', Output: '{% $states.input %}', End: true } };
const arnNamed = (name: string, region = 'us-east-1'): string =>
  `arn:aws:states:${region}:${account}:stateMachine:${name}`;

/** Machines in two regions and two accounts, by the names that they have. */
async function machines() {
  const named = (...names: readonly string[]) => ({
    MachineRole: role(`role-of-${names.join('-')}`, states),
    ...Object.fromEntries(names.map((name) => [`Machine${name}`, stateMachine(name, pass)])),
  });
  return sandboxWith([
    { account, resources: named('a', 'b', 'c') },
    { account, region: 'eu-west-1', resources: named('west') },
    { account: '555555555555', resources: named('other') },
    operatorIn(account),
  ]);
}

describe('ListStateMachines', () => {
  test('gives the machines of the account and region of the caller', async () => {
    const sandbox = await machines();
    const listed = async (region: string) => {
      const { stateMachines } = await clientIn(sandbox, account, region).send(new ListStateMachinesCommand({}));
      return stateMachines?.map(({ stateMachineArn }) => stateMachineArn);
    };
    expect(await listed('us-east-1')).toEqual(['a', 'b', 'c'].map((name) => arnNamed(name)));
    expect(await listed('eu-west-1')).toEqual([arnNamed('west', 'eu-west-1')]);
    expect(await listed('ap-south-1')).toEqual([]);
  });

  test('says of each what AWS says', async () => {
    const { client } = await waitingMachine();
    const { stateMachines } = await client.send(new ListStateMachinesCommand({}));
    expect(stateMachines).toEqual([
      { stateMachineArn: machineArn, name: 'waiting', type: 'STANDARD', creationDate: new Date(now) },
    ]);
  });

  test('gives page after page', async () => {
    const client = clientIn(await machines(), account);
    const pages: unknown[] = [];
    for await (const { stateMachines } of paginateListStateMachines({ client, pageSize: 2 }, {})) {
      pages.push(stateMachines?.map(({ name }) => name));
    }
    expect(pages).toEqual([['a', 'b'], ['c']]);
  });

  test('takes no token of another region', async () => {
    const sandbox = await machines();
    const { nextToken } = await clientIn(sandbox, account).send(new ListStateMachinesCommand({ maxResults: 1 }));
    const west = clientIn(sandbox, account, 'eu-west-1');
    await expect(west.send(new ListStateMachinesCommand({ nextToken }))).rejects.toMatchObject({
      name: 'InvalidToken',
    });
  });
});

describe('DescribeStateMachine', () => {
  test('says what was deployed, and when', async () => {
    const { client } = await waitingMachine();
    const { definition, ...description } = await client.send(
      new DescribeStateMachineCommand({ stateMachineArn: machineArn }),
    );
    expect(description).toEqual({
      $metadata: expect.anything() as unknown,
      stateMachineArn: machineArn,
      name: 'waiting',
      type: 'STANDARD',
      status: 'ACTIVE',
      roleArn: `arn:aws:iam::${account}:role/machine-role`,
      creationDate: new Date(now),
      loggingConfiguration: { level: 'OFF', includeExecutionData: false },
      tracingConfiguration: { enabled: false },
    });
    expect(JSON.parse(definition ?? '')).toEqual({
      QueryLanguage: 'JSONata',
      StartAt: 'Wait',
      States: { Wait: { Type: 'Wait', Seconds: 60, End: true } },
    });
  });

  test('says where the machine logs, and that it is traced', async () => {
    const logging = {
      Level: 'ALL',
      IncludeExecutionData: true,
      Destinations: [{ CloudWatchLogsLogGroup: { LogGroupArn: arnOf('Logs') } }],
    };
    const sandbox = await sandboxWith([
      {
        account,
        resources: {
          Logs: logGroup('logs'),
          MachineRole: role('machine-role', states, allow('logs:*')),
          Logging: stateMachine('logging', pass, {
            LoggingConfiguration: logging,
            TracingConfiguration: { Enabled: true },
          }),
        },
      },
      operatorIn(account),
    ]);
    const described = await clientIn(sandbox, account).send(
      new DescribeStateMachineCommand({ stateMachineArn: arnNamed('logging') }),
    );
    expect(described.tracingConfiguration).toEqual({ enabled: true });
    expect(described.loggingConfiguration).toEqual({
      level: 'ALL',
      includeExecutionData: true,
      destinations: [{ cloudWatchLogsLogGroup: { logGroupArn: `arn:aws:logs:us-east-1:${account}:log-group:logs:*` } }],
    });
  });

  test('leaves the definition out when only metadata are asked for', async () => {
    const { client } = await waitingMachine();
    const described = await client.send(
      new DescribeStateMachineCommand({ stateMachineArn: machineArn, includedData: 'METADATA_ONLY' }),
    );
    expect(described).toMatchObject({ name: 'waiting', definition: '{}' });
  });

  test('finds no machine that is not there', async () => {
    const { client } = await waitingMachine();
    const missing = new DescribeStateMachineCommand({ stateMachineArn: `${machineArn}-2` });
    await expect(client.send(missing)).rejects.toMatchObject({ name: 'StateMachineDoesNotExist' });
  });
});

describe('an Express state machine', () => {
  const express = { StateMachineType: 'EXPRESS' };

  test('is started under a name as often as one likes', async () => {
    const { sandbox, client } = await waitingMachine(express);
    const start = async () =>
      (await client.send(new StartExecutionCommand({ stateMachineArn: machineArn, name: 'one' }))).executionArn ?? '';
    const arns = [await start(), await start()];
    expect(new Set(arns).size).toBe(2);
    for (const arn of arns) {
      expect(arn).toMatch(new RegExp(`^arn:aws:states:us-east-1:${account}:express:waiting:one:[0-9a-f-]{36}$`));
    }
    await passTime(sandbox);
    expect(sandbox.executions.get(arns[0] ?? '')?.outcome?.status).toBe('SUCCEEDED');
  });

  test('has executions that nobody can list or describe', async () => {
    const { client } = await waitingMachine(express);
    const { executionArn } = await client.send(new StartExecutionCommand({ stateMachineArn: machineArn }));
    await expect(client.send(new ListExecutionsCommand({ stateMachineArn: machineArn }))).rejects.toMatchObject({
      name: 'StateMachineTypeNotSupported',
      message: 'This operation is not supported by this type of state machine',
    });
    await expect(client.send(new DescribeExecutionCommand({ executionArn }))).rejects.toMatchObject({
      name: 'InvalidArn',
      message: "Invalid Arn: 'Resource type not valid in this context: express'",
    });
  });
});
