import {
  DescribeActivityCommand,
  DescribeExecutionCommand,
  DescribeMapRunCommand,
  DescribeStateMachineCommand,
  DescribeStateMachineForExecutionCommand,
  GetActivityTaskCommand,
  GetExecutionHistoryCommand,
  ListActivitiesCommand,
  ListExecutionsCommand,
  ListMapRunsCommand,
  ListStateMachinesCommand,
  RedriveExecutionCommand,
  SFNClient,
  SendTaskFailureCommand,
  SendTaskHeartbeatCommand,
  SendTaskSuccessCommand,
  StartExecutionCommand,
  StopExecutionCommand,
  UpdateMapRunCommand,
  ValidateStateMachineDefinitionCommand,
} from '@aws-sdk/client-sfn';
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { STATES_OPERATIONS } from '../../../src/step-functions/api/states-operations.ts';
import { taskToken } from '@crosswind/workflow/execution/task-token';
import { type LiteralStack, allow } from '../../../src/testing/literals.ts';
import { clientOf, unknownCredentials } from '../../sts/callers.ts';
import { account, fill, keysOf, machineArn, mapping } from '../mapping.ts';
import { clientIn, operatorIn } from './operator.ts';

const other = '555555555555';
const activityArn = `arn:aws:states:us-east-1:${account}:activity:digging`;
const executionArn = `${machineArn.replace(':stateMachine:', ':execution:')}:run`;

/** Every operation with what it takes: a call, and the resource that its permission is about. */
const operations: readonly (readonly [
  operation: string,
  resource: 'machine' | 'execution' | 'map run' | 'activity' | '*',
  call: (client: SFNClient, mapRunArn: string, taskToken: string) => Promise<unknown>,
])[] = [
  ['ListStateMachines', '*', (client) => client.send(new ListStateMachinesCommand({}))],
  [
    'DescribeStateMachine',
    'machine',
    (client) => client.send(new DescribeStateMachineCommand({ stateMachineArn: machineArn })),
  ],
  ['StartExecution', 'machine', (client) => client.send(new StartExecutionCommand({ stateMachineArn: machineArn }))],
  ['ListExecutions', 'machine', (client) => client.send(new ListExecutionsCommand({ stateMachineArn: machineArn }))],
  ['ListExecutions', 'map run', (client, mapRunArn) => client.send(new ListExecutionsCommand({ mapRunArn }))],
  ['DescribeExecution', 'execution', (client) => client.send(new DescribeExecutionCommand({ executionArn }))],
  ['GetExecutionHistory', 'execution', (client) => client.send(new GetExecutionHistoryCommand({ executionArn }))],
  ['StopExecution', 'execution', (client) => client.send(new StopExecutionCommand({ executionArn }))],
  ['ListMapRuns', 'execution', (client) => client.send(new ListMapRunsCommand({ executionArn }))],
  [
    'DescribeStateMachineForExecution',
    'execution',
    (client) => client.send(new DescribeStateMachineForExecutionCommand({ executionArn })),
  ],
  ['RedriveExecution', 'execution', (client) => client.send(new RedriveExecutionCommand({ executionArn }))],
  ['UpdateMapRun', 'map run', (client, mapRunArn) => client.send(new UpdateMapRunCommand({ mapRunArn }))],
  [
    'ValidateStateMachineDefinition',
    '*',
    (client) => client.send(new ValidateStateMachineDefinitionCommand({ definition: '{}' })),
  ],
  ['ListActivities', '*', (client) => client.send(new ListActivitiesCommand({}))],
  ['DescribeActivity', 'activity', (client) => client.send(new DescribeActivityCommand({ activityArn }))],
  ['GetActivityTask', 'activity', (client) => client.send(new GetActivityTaskCommand({ activityArn }))],
  [
    'SendTaskSuccess',
    '*',
    (client, _, taskToken) => client.send(new SendTaskSuccessCommand({ taskToken, output: '1' })),
  ],
  ['SendTaskFailure', '*', (client, _, taskToken) => client.send(new SendTaskFailureCommand({ taskToken }))],
  ['SendTaskHeartbeat', '*', (client, _, taskToken) => client.send(new SendTaskHeartbeatCommand({ taskToken }))],
  ['DescribeMapRun', 'map run', (client, mapRunArn) => client.send(new DescribeMapRunCommand({ mapRunArn }))],
];

/**
 * A machine that has run and failed, or for an update still runs, a role `operator` that may do what is said, and ARNs by
 * what they are of.
 */
async function ran(action: string, resource: string, operation?: string) {
  const others = [operatorIn(account, [allow(action, resource)]), operatorIn(other), activityIn(account)];
  const runs = operation === 'UpdateMapRun';
  const sandbox = await mapping({
    others,
    ...(runs && { children: { Wait: { Type: 'Wait', Seconds: 60, End: true } } }),
  });
  fill(sandbox, keysOf(3, '.bad'));
  const { executions, simulation } = sandbox;
  executions.start({ stateMachineArn: machineArn, name: 'run', input: {} });
  const mapRun = () => executions.get(executionArn)?.mapRuns[0];
  await simulation.run(() => runs && mapRun()?.counts().executionCounts.running === 1);
  const { activities, taskTokens } = sandbox;
  const token = taskToken(resource);
  const ignore = (): void => undefined;
  taskTokens.open(token, { account, succeed: ignore, fail: ignore, heartbeat: ignore });
  activities.schedule(activityArn, { token, input: '{}', started: ignore });
  return { sandbox, mapRunArn: mapRun()?.arn ?? '', token };
}

const activityIn = (owner: string): LiteralStack => ({
  account: owner,
  resources: { Digging: { Type: 'AWS::StepFunctions::Activity', Properties: { Name: 'digging' } } },
});

const arnPattern = {
  machine: machineArn,
  execution: executionArn,
  activity: activityArn,
  'map run': `arn:aws:states:us-east-1:${account}:mapRun:mapping/each:*`,
  '*': '*',
};

test.each(operations)(
  '%s on a resource (%s) is answered for a role that may do just that',
  async (name, kind, call) => {
    const { sandbox, mapRunArn, token } = await ran(`states:${name}`, arnPattern[kind], name);
    await expect(call(clientIn(sandbox, account), mapRunArn, token)).resolves.toMatchObject({
      $metadata: { httpStatusCode: 200 },
    });
  },
);

/** Calls every operation, or those on a resource; a call that is denied changes nothing for the next one. */
async function refusals(
  client: SFNClient,
  { mapRunArn, token }: Pick<Awaited<ReturnType<typeof ran>>, 'mapRunArn' | 'token'>,
  called = operations,
): Promise<readonly { readonly operation: string; readonly name: string; readonly message: string }[]> {
  const refused = [];
  for (const [operation, kind, call] of called) {
    const refusal = await call(client, mapRunArn, token).then(
      () => ({ name: 'none', message: 'it was answered' }),
      (error: unknown) => error as Error,
    );
    refused.push({ operation: `${operation} on ${kind}`, name: refusal.name, message: refusal.message });
  }
  return refused;
}

describe('every operation', () => {
  const onResource = operations.filter(([, kind]) => kind !== '*');

  test.each([
    ['everything else', 'states:TagResource', '*'],
    ['it on something else', 'states:*', `arn:aws:states:us-east-1:${account}:activity:another`],
  ])('is denied to a role that may do %s, in the words of AWS', async (_, allowed, on) => {
    const prepared = await ran(allowed, on);
    expect(await refusals(clientIn(prepared.sandbox, account), prepared)).toEqual(
      operations.map(([operation, kind]) => {
        const asked = kind === 'map run' ? prepared.mapRunArn : arnPattern[kind];
        const action = `states:${operation}`;
        return {
          operation: `${operation} on ${kind}`,
          name: 'AccessDeniedException',
          message: `User: arn:aws:sts::${account}:assumed-role/operator/session is not authorized to perform: ${action} on resource: ${asked} because no identity-based policy allows the ${action} action`,
        };
      }),
    );
  });

  test('is denied to credentials that the sandbox did not give out', async () => {
    const prepared = await ran('states:*', '*');
    expect(await refusals(new SFNClient(clientOf(prepared.sandbox, unknownCredentials)), prepared)).toEqual(
      operations.map(([operation, kind]) => ({
        operation: `${operation} on ${kind}`,
        name: 'UnrecognizedClientException',
        message: 'The security token included in the request is invalid.',
      })),
    );
  });

  test('on a resource is denied to another account, whatever its role may', async () => {
    const prepared = await ran('states:*', '*');
    expect(await refusals(clientIn(prepared.sandbox, other), prepared, onResource)).toEqual(
      onResource.map(([operation, kind]) => ({
        operation: `${operation} on ${kind}`,
        name: 'AccessDeniedException',
        message: expect.stringMatching(
          new RegExp(`because no resource-based policy allows the states:${operation} action$`),
        ) as string,
      })),
    );
  });

  test('on a resource finds nothing in another region', async () => {
    const prepared = await ran('states:*', '*');
    expect(await refusals(clientIn(prepared.sandbox, account, 'eu-west-1'), prepared, onResource)).toEqual(
      onResource.map(([operation, kind]) => ({
        operation: `${operation} on ${kind}`,
        name: expect.stringMatching(/DoesNotExist$|^ResourceNotFound$/) as string,
        message: expect.any(String) as string,
      })),
    );
  });
});

describe('a condition', () => {
  test.each([
    ['us-east-1', 'ResourceNotFound'],
    ['eu-west-1', 'AccessDeniedException'],
  ])('may be on the region (%s)', async (region, name) => {
    const statement = {
      ...allow('states:DescribeMapRun'),
      Condition: { StringEquals: { 'aws:RequestedRegion': region } },
    };
    const sandbox = await mapping({ others: [operatorIn(account, [statement])] });
    const missing = new DescribeMapRunCommand({
      mapRunArn: `arn:aws:states:us-east-1:${account}:mapRun:mapping/each:1`,
    });
    await expect(clientIn(sandbox, account).send(missing)).rejects.toMatchObject({ name });
  });
});

test('who may not, does not learn what there is', async () => {
  const sandbox = await mapping({ others: [operatorIn(account, [allow('states:TagResource')])] });
  const missing = new DescribeExecutionCommand({ executionArn: `${executionArn}-2` });
  await expect(clientIn(sandbox, account).send(missing)).rejects.toMatchObject({ name: 'AccessDeniedException' });
});

test('every request is in the log of decisions', async () => {
  const { sandbox } = await ran('states:DescribeExecution', executionArn);
  const client = clientIn(sandbox, account);
  await client.send(new DescribeExecutionCommand({ executionArn }));
  const stopped = client.send(new StopExecutionCommand({ executionArn }));
  await expect(stopped).rejects.toMatchObject({ name: 'AccessDeniedException' });
  expect(sandbox.decisions.allowed()).toMatchObject({ 'states:DescribeExecution': 1 });
  expect(sandbox.decisions.denials().map(({ request }) => request.action)).toEqual(['states:StopExecution']);
});

test('every operation is tried here, and documented', () => {
  const documented = readFileSync('docs/sandbox-support.md', 'utf8').matchAll(/^\| `([A-Z]\w+)` +\|/gm);
  const names = [...STATES_OPERATIONS.keys(), 'GetActivityTask', 'ValidateStateMachineDefinition'].sort();
  expect([...new Set(operations.map(([name]) => name))].sort()).toEqual(names);
  expect([...documented].map(([, name]) => name).sort()).toEqual(names);
});
