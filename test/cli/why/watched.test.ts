import { describe, expect, test } from 'vitest';
import type { JsonObject } from '@crosswind/aws/json';
import type { Sandbox } from '@crosswind/sandbox/sandbox';
import {
  allow,
  arnOf,
  lambda,
  lambdaFunction,
  logGroup,
  type Resources,
  role,
  sandboxWith,
  stacksOf,
  stateMachine,
  states,
  trusting,
} from '@crosswind/sandbox/testing/literals';
import { probeName } from '../../../blocks/observability/probe/probe-names.ts';
import { explainInSandbox } from '../../../cli/why/sources/sandbox.ts';
import { account, machineArn, measured, oneAccount } from './small-runs.ts';

const stages = [{ stage: 'parent', stateMachineArn: machineArn('watched') }];
const explained = (sandbox: Sandbox) => explainInSandbox(sandbox, { stages, tenant: 'orders' });
const idsOf = (sandbox: Sandbox) => explained(sandbox).claims.map(({ id }) => id);

/** A machine, and a function under the name of the probe that a schedule invokes every five minutes. */
const probed = (code: string, properties: JsonObject = {}): Resources => ({
  MachineRole: role('machine', states),
  Watched: stateMachine('watched', { Done: { Type: 'Succeed' } }),
  FunctionRole: role('function', lambda, allow('logs:*')),
  Log: logGroup('probe'),
  Probe: lambdaFunction(probeName, `export const handler = async () => { ${code} };`, {
    LoggingConfig: { LogGroup: 'probe' },
  }),
  Role: role('schedule-role', trusting({ Service: 'scheduler.amazonaws.com' }), allow('lambda:InvokeFunction')),
  Schedule: {
    Type: 'AWS::Scheduler::Schedule',
    Properties: {
      Name: probeName,
      ScheduleExpression: 'rate(5 minutes)',
      FlexibleTimeWindow: { Mode: 'OFF' },
      Target: { Arn: arnOf('Probe'), RoleArn: arnOf('Role') },
      ...properties,
    },
  },
});

const after = async (minutes: number, ...deployed: Parameters<typeof oneAccount>): Promise<Sandbox> => {
  const sandbox = await oneAccount(...deployed);
  await sandbox.settle(minutes);
  return sandbox;
};

describe('the probe', () => {
  test('that makes its rounds is fine', async () => {
    expect(idsOf(await after(20, probed('return {}')))).toEqual(['not-started']);
  });

  test.each<[number, readonly string[]]>([
    [10, ['not-started']],
    [20, ['probe-dead']],
  ])('whose schedule is disabled for %s minutes: %j', async (minutes, ids) => {
    expect(idsOf(await after(minutes, probed('return {}', { State: 'DISABLED' })))).toEqual(ids);
  });

  test('whose rounds all fail is dead, and its log says why', async () => {
    const { claims, fixes } = explained(await after(20, probed("throw new Error('broken')")));
    expect(claims).toMatchObject([
      { id: 'probe-dead', sentence: expect.stringContaining('each one since has failed') as string },
    ]);
    expect(fixes[0]).toMatchObject({ command: expect.stringContaining('aws logs tail') as string });
  });

  test.each([
    ['says so', { ProbeIncomplete: 1 }, 'probe-incomplete'],
    ['does not say so', { StuckParents: 1 }, 'not-started'],
  ])('that cannot see everything and %s', async (_, metrics, id) => {
    expect(idsOf(await after(20, probed(measured(metrics))))).toEqual([id]);
  });

  test('is said to be dead beside what a run did, which is not called right', async () => {
    const sandbox = await after(20, probed('return {}', { State: 'DISABLED' }));
    sandbox.executions.start({ stateMachineArn: machineArn('watched'), name: 'run', input: {} });
    await sandbox.settle(1);
    const { claims } = explained(sandbox);
    expect(claims.map(({ id }) => id)).toEqual(['probe-dead', 'succeeded']);
    expect(claims[1]?.sentence).toMatch(/^the parent run ended as SUCCEEDED/);
  });
});

describe('the link to the monitoring account', () => {
  const monitoring = {
    account: '222222222222',
    resources: { Sink: { Type: 'AWS::Oam::Sink', Properties: { Name: 'crosswind' } } },
  };
  const linked = async (...kinds: readonly string[]): Promise<Sandbox> => {
    const sandbox = await sandboxWith([monitoring, { account, resources: probed('return {}') }]);
    const [sink] = sandbox.observability.sinks;
    for (const ResourceTypes of kinds) {
      const Link = {
        Type: 'AWS::Oam::Link',
        Properties: { SinkIdentifier: sink?.arn ?? '', ResourceTypes: [ResourceTypes] },
      };
      const [stack] = stacksOf({ account, resources: { Link } });
      if (stack) await sandbox.deploy({ ...stack, name: 'link', path: 'link' });
    }
    return sandbox;
  };

  test.each<[string, readonly string[], string]>([
    ['that is there is fine', ['AWS::CloudWatch::Metric'], 'not-started'],
    ['that shows only logs is cut for metrics', ['AWS::Logs::LogGroup'], 'link-cut'],
    ['that is not there is cut', [], 'link-cut'],
  ])('%s', async (_, kinds, id) => {
    expect(idsOf(await linked(...kinds))).toEqual([id]);
  });

  test('is not missed where there is no monitoring account', async () => {
    expect(idsOf(await after(1, probed('return {}')))).toEqual(['not-started']);
  });
});
