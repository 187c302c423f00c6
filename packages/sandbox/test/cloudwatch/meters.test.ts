import { describe, expect, test } from 'vitest';
import type { JsonObject } from '@crosswind/aws/json';
import { minute } from '../../src/cloudwatch/metric.ts';
import {
  allow,
  arnOf,
  execute,
  lambda,
  lambdaFunction,
  logGroup,
  role,
  sandboxWith,
  stateMachine,
  states,
} from '../../src/testing/literals.ts';
import { account, functionArn, keysOf, machineArn, runOf } from '../step-functions/mapping.ts';
import { measured } from './measured.ts';

const place = { account, region: 'us-east-1' };
const of = (names: readonly string[], all: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> =>
  Object.fromEntries(Object.entries(all).filter(([key]) => names.some((name) => key.startsWith(`${name}{`))));

describe('executions', () => {
  const run = async (machineStates: JsonObject, rest: JsonObject = {}) => {
    const resources = {
      MachineRole: role('machine-role', states),
      Machine: stateMachine('tried', machineStates, rest),
    };
    const sandbox = await sandboxWith([{ account, resources }]);
    await execute(sandbox, `arn:aws:states:us-east-1:${account}:stateMachine:tried`);
    return measured(sandbox, place, 'AWS/States');
  };
  const wait = { Wait: { Type: 'Wait', Seconds: 90, End: true } };
  const arn = `arn:aws:states:us-east-1:${account}:stateMachine:tried`;

  test.each<readonly [string, JsonObject, JsonObject, string, number]>([
    ['succeed', wait, {}, 'ExecutionsSucceeded', 90_000],
    ['fail', { Fail: { Type: 'Fail' } }, {}, 'ExecutionsFailed', 0],
    [
      'time out',
      {},
      { Definition: { StartAt: 'Wait', TimeoutSeconds: 60, States: wait, QueryLanguage: 'JSONata' } },
      'ExecutionsTimedOut',
      60_000,
    ],
    ['succeed quickly', wait, { StateMachineType: 'EXPRESS' }, 'ExecutionsSucceeded', 90_000],
  ])(
    'that %s are counted by state machine and for the account, and timed',
    async (_, machineStates, rest, name, time) => {
      const once = [1, 1, 1];
      const timed = [1, time, time];
      expect(of(['ExecutionsStarted', name, 'ExecutionTime'], await run(machineStates, rest))).toEqual({
        // Two values: 1 and 0.
        [`ExecutionsStarted{StateMachineArn=${arn}} Count`]: [2, 1, 1],
        'ExecutionsStarted{} Count': [2, 1, 1],
        [`${name}{StateMachineArn=${arn}} Count`]: once,
        [`${name}{} Count`]: once,
        [`ExecutionTime{StateMachineArn=${arn}} Milliseconds`]: timed,
        'ExecutionTime{} Milliseconds': timed,
      });
    },
  );

  test('that are aborted are counted', async () => {
    const resources = { MachineRole: role('machine-role', states), Machine: stateMachine('tried', wait) };
    const sandbox = await sandboxWith([{ account, resources }]);
    const cloud = sandbox;
    const started = cloud.executions.start({ stateMachineArn: arn, input: {} });
    if (!started.ok) throw new Error(started.message);
    cloud.executions.stop(started.execution.arn);
    await cloud.simulation.run(() => started.execution.outcome !== undefined);
    expect(measured(sandbox, place, 'AWS/States')).toMatchObject({ 'ExecutionsAborted{} Count': [1, 1, 1] });
  });
});

describe('open executions', () => {
  const arn = `arn:aws:states:us-east-1:${account}:stateMachine:tried`;
  const wait = { Wait: { Type: 'Wait', Seconds: 90, End: true } };
  const resources = (machineStates: JsonObject, rest: JsonObject = {}) => ({
    MachineRole: role('machine-role', states),
    Machine: stateMachine('tried', machineStates, rest),
  });

  test('of Standard machines are counted with their limit when they begin and end', async () => {
    const sandbox = await sandboxWith([{ account, resources: resources(wait) }], { quotas: { openExecutions: 7 } });
    const { executions, simulation, cloudWatch } = sandbox;
    for (const name of ['one', 'two']) executions.start({ stateMachineArn: arn, name, input: {} });
    expect(cloudWatch.meters.openExecutions(place)).toBe(2);
    await simulation.run(() => false);
    expect(cloudWatch.meters.openExecutions(place)).toBe(0);
    expect(of(['OpenExecutionCount', 'OpenExecutionLimit'], measured(sandbox, place, 'AWS/States'))).toEqual({
      // Both begin, a full minute passes, both end.
      'OpenExecutionCount{} Count': [5, 1 + 2 + 2 + 1 + 0, 2],
      'OpenExecutionLimit{} Count': [5, 5 * 7, 7],
    });
  });

  test('are open once more when they are redriven', async () => {
    const sandbox = await sandboxWith([{ account, resources: resources({ Fail: { Type: 'Fail' } }) }]);
    const { executions, simulation, cloudWatch } = sandbox;
    const started = executions.start({ stateMachineArn: arn, name: 'one', input: {} });
    await simulation.run(() => false);
    executions.redrive(started.ok ? started.execution.arn : '');
    expect([cloudWatch.meters.openExecutions(place), cloudWatch.meters.totals.runningExecutions]).toEqual([1, 1]);
    await simulation.run(() => false);
    expect([cloudWatch.meters.openExecutions(place), cloudWatch.meters.totals.runningExecutions]).toEqual([0, 0]);
  });

  test('of Express machines are not counted, but tell what they are billed for', async () => {
    const wait150 = {
      Wait: {
        Type: 'Wait',
        Timestamp: '{% $fromMillis($toMillis($states.context.State.EnteredTime) + 150) %}',
        End: true,
      },
    };
    const sandbox = await sandboxWith([{ account, resources: resources(wait150, { StateMachineType: 'EXPRESS' }) }]);
    await execute(sandbox, arn);
    const all = measured(sandbox, place, 'AWS/States');
    expect(of(['OpenExecutionCount'], all)).toEqual({});
    expect(all).toMatchObject({
      [`ExpressExecutionBilledDuration{StateMachineArn=${arn}} Milliseconds`]: [1, 200, 200],
      [`ExpressExecutionBilledMemory{StateMachineArn=${arn}} Megabytes`]: [1, 64, 64],
      [`ExpressExecutionMemory{StateMachineArn=${arn}} Megabytes`]: [1, 64, 64],
    });
  });
});

describe('a Map Run', () => {
  const waiting = { Wait: { Type: 'Wait', Seconds: 150, End: true } };

  test('counts its children below its label, and the account counts all', async () => {
    const { sandbox } = await runOf({}, keysOf(250));
    const started = of(['ExecutionsStarted', 'ExecutionsSucceeded'], measured(sandbox, place, 'AWS/States'));
    expect(started).toEqual({
      [`ExecutionsStarted{StateMachineArn=${machineArn}} Count`]: [2, 1, 1],
      [`ExecutionsStarted{StateMachineArn=${machineArn}/each} Count`]: [6, 3, 1],
      'ExecutionsStarted{} Count': [8, 4, 1],
      [`ExecutionsSucceeded{StateMachineArn=${machineArn}} Count`]: [1, 1, 1],
      [`ExecutionsSucceeded{StateMachineArn=${machineArn}/each} Count`]: [3, 3, 1],
      'ExecutionsSucceeded{} Count': [4, 4, 1],
    });
  });

  test('is counted when it opens and each minute for as long as it is open, with the limit', async () => {
    const { sandbox, execution } = await runOf({ children: waiting }, keysOf(2));
    expect(execution.outcome?.status).toBe('SUCCEEDED');
    await sandbox.settle(10);
    const mapRuns = measured(sandbox, place, 'AWS/States');
    // It opens 5 seconds after a full minute and closes 150 seconds later.
    expect(of(['ApproximateOpenMapRunCount', 'OpenMapRunLimit', 'ApproximateMapRunBacklogSize'], mapRuns)).toEqual({
      'ApproximateOpenMapRunCount{} Count': [3, 3, 1],
      'OpenMapRunLimit{} Count': [3, 3_000, 1_000],
    });
  });

  test('has a backlog only while there is one', async () => {
    const sandbox = await sandboxWith([]);
    const { meters } = sandbox.cloudWatch;
    meters.mapRunBacklogged(place);
    meters.mapRunBacklogged(place);
    await sandbox.settle(2);
    meters.mapRunUnblocked(place);
    meters.mapRunUnblocked(place);
    await sandbox.settle(5);
    const backlog = measured(sandbox, place, 'AWS/States');
    expect(backlog).toEqual({ 'ApproximateMapRunBacklogSize{} Count': [4, 1 + 2 + 2 + 2, 2] });
  });
});

describe('calls', () => {
  const called = (states: JsonObject) => ({ children: states, may: undefined });
  const invoke = (rest: JsonObject = {}): JsonObject => ({
    Call: {
      Type: 'Task',
      Resource: 'arn:aws:states:::lambda:invoke',
      Arguments: { FunctionName: functionArn, Payload: '{% $states.input %}' },
      End: true,
      ...rest,
    },
  });
  const integration = `ServiceIntegrationResourceArn=arn:aws:states:us-east-1:${account}:lambda:invoke`;

  test('of an integration are counted by its ARN with region and account', async () => {
    const { sandbox } = await runOf(called(invoke()), keysOf(250));
    const all = measured(sandbox, place, 'AWS/States');
    expect(
      of(['ServiceIntegrationsScheduled', 'ServiceIntegrationsStarted', 'ServiceIntegrationsSucceeded'], all),
    ).toEqual({
      [`ServiceIntegrationsScheduled{${integration}} Count`]: [3, 3, 1],
      [`ServiceIntegrationsStarted{${integration}} Count`]: [3, 3, 1],
      [`ServiceIntegrationsSucceeded{${integration}} Count`]: [3, 3, 1],
    });
    const times = of(['ServiceIntegrationScheduleTime', 'ServiceIntegrationRunTime', 'ServiceIntegrationTime'], all);
    const [schedule, run, whole] = Object.values(times) as readonly (readonly number[])[];
    expect(Object.keys(times)).toHaveLength(3);
    expect(run?.[1]).toBeGreaterThan(0);
    expect(whole?.[1]).toBe((schedule?.[1] ?? NaN) + (run?.[1] ?? NaN));
  });

  test('that fail are counted as failed', async () => {
    const { sandbox } = await runOf(called(invoke({ Arguments: { FunctionName: `${functionArn}-2` } })), keysOf(2));
    expect(measured(sandbox, place, 'AWS/States')).toMatchObject({
      [`ServiceIntegrationsFailed{${integration}} Count`]: [1, 1, 1],
    });
  });
});

describe('a function', () => {
  const embedded = (rest: JsonObject, directive: JsonObject = {}): string =>
    JSON.stringify({
      _aws: {
        Timestamp: 1,
        CloudWatchMetrics: [
          { Namespace: 'Own', Dimensions: [['Tenant'], []], Metrics: [{ Name: 'Rows', Unit: 'Count' }], ...directive },
        ],
      },
      Tenant: 'wind',
      ...rest,
    });
  const lines = [
    embedded({ Rows: 3 }),
    embedded({ Rows: [4, 5] }),
    embedded({ Rows: 'many' }),
    embedded({ Rows: 6, Tenant: 7 }, { Dimensions: [['Tenant']] }),
    '{"half": "CloudWatchMetrics"',
    'plain',
  ];
  const code = `export const handler = async ({ fail, wait = 0 }) => {
    for (const line of ${JSON.stringify(lines)}) process.stdout.write(line + '\\n');
    await new Promise((resolve) => setTimeout(resolve, wait));
    if (fail) throw new Error('on purpose');
  };`;
  const arn = `arn:aws:lambda:us-east-1:${account}:function:tried`;
  const deployed = (...actions: readonly string[]) =>
    sandboxWith([
      {
        account,
        resources: {
          Logs: logGroup('tried-logs'),
          FunctionRole: role('function', lambda, allow([...actions, 'xray:PutTraceSegments'])),
          Tried: lambdaFunction('tried', code, { LoggingConfig: { LogGroup: 'tried-logs' }, Timeout: 30 }),
          Other: lambdaFunction('other', code, { Role: arnOf('FunctionRole') }),
        },
      },
    ]);
  const mayLog = ['logs:CreateLogStream', 'logs:PutLogEvents'];

  test('is counted by its name and for the account: invocations, errors, throttles, duration, concurrency', async () => {
    const sandbox = await deployed(...mayLog);
    const { functions, cloudWatch } = sandbox;
    await Promise.all([
      functions.invoke(arn, '{"wait": 40}', () => undefined),
      functions.invoke(arn, '{"fail": true}', () => undefined),
      functions.invoke(arn.replace('tried', 'other'), '{}', () => undefined),
    ]);
    const [fn] = [{ name: 'tried', ...place }];
    cloudWatch.meters.invocationThrottled(fn as Parameters<typeof cloudWatch.meters.invocationThrottled>[0]);
    const all = measured(sandbox, place, 'AWS/Lambda');
    expect(of(['Invocations', 'Errors', 'Throttles'], all)).toEqual({
      'Invocations{FunctionName=tried} Count': [2, 2, 1],
      'Invocations{FunctionName=other} Count': [1, 1, 1],
      'Invocations{} Count': [3, 3, 1],
      'Errors{FunctionName=tried} Count': [2, 1, 1],
      'Errors{FunctionName=other} Count': [1, 0, 0],
      'Errors{} Count': [3, 1, 1],
      'Throttles{FunctionName=tried} Count': [3, 1, 1],
      'Throttles{FunctionName=other} Count': [1, 0, 0],
      'Throttles{} Count': [4, 1, 1],
    });
    expect(all['ConcurrentExecutions{FunctionName=tried} Count']).toEqual([2, 3, 2]);
    expect(all['ConcurrentExecutions{} Count']).toEqual([3, 6, 3]);
    const duration = all['Duration{FunctionName=tried} Milliseconds'];
    expect(duration?.[0]).toBe(2);
    expect(duration?.[2]).toBeGreaterThanOrEqual(39);
  });

  test('that runs over full minutes of virtual time is running in each of them', async () => {
    const sandbox = await deployed(...mayLog);
    const { meters } = sandbox.cloudWatch;
    const fn = { name: 'tried', arn, ...place } as Parameters<typeof meters.invocationStarted>[0];
    const end = meters.invocationStarted(fn);
    await sandbox.settle(2);
    end({ failed: false, milliseconds: 3.5 * minute, log: '' });
    await sandbox.settle(10);
    const all = measured(sandbox, place, 'AWS/Lambda');
    // It began 5 seconds after a full minute.
    expect(all['ConcurrentExecutions{FunctionName=tried} Count']).toEqual([1 + 3, 4, 1]);
  });

  test('counts by itself with what it logs, in every set of dimensions that is whole', async () => {
    const sandbox = await deployed(...mayLog);
    await sandbox.functions.invoke(arn, '{}', () => undefined);
    expect(measured(sandbox, place, 'Own')).toEqual({
      'Rows{Tenant=wind} Count': [3, 12, 5],
      'Rows{} Count': [3, 12, 5],
    });
  });

  test('counts nothing by itself where it may not log', async () => {
    const sandbox = await deployed();
    await sandbox.functions.invoke(arn, '{}', () => undefined);
    expect(measured(sandbox, place, 'Own')).toEqual({});
  });
});
