import { expect, test } from 'vitest';
import { Refused } from '@crosswind/console/server/handlers';
import type { Sandbox } from '@crosswind/sandbox/sandbox';
import { allow, role, sandboxWith, stateMachine, states } from '@crosswind/sandbox/testing/literals';
import {
  childAccount,
  childArn,
  mayDescribe,
  mayStart,
  parentAccount,
  parentArn,
  targetRoleArn,
  twoStacks,
} from '@crosswind/sandbox/testing/two-accounts';
import { clockReader } from '../../../cli/console/sections/clock.ts';
import { servedAccounts } from './served-accounts.ts';

const executionOf = ({ executions }: Sandbox, machine: string) => executions.of(machine)[0];

const statusOf = (sandbox: Sandbox, machine: string): string | undefined => {
  const execution = executionOf(sandbox, machine);
  return execution && (execution.outcome?.status ?? 'RUNNING');
};

const start = { machine: parentArn, input: '{"from":"the page"}', name: 'by-page' };

test('a page starts an execution while the clock is paused, and goes on event by event', async () => {
  const { sandbox, context, act } = await servedAccounts();
  expect(await act('start', start)).toEqual({
    execution: parentArn.replace(':stateMachine:', ':execution:') + ':by-page',
  });
  const execution = executionOf(sandbox, parentArn);
  expect(execution?.input).toEqual({ from: 'the page' });
  await expect.poll(() => statusOf(sandbox, childArn)).toBe('RUNNING');
  const before = sandbox.simulation.now();
  await new Promise((resolve) => setTimeout(resolve, 50));
  expect(sandbox.simulation.now()).toBe(before);
  const read = clockReader(context);
  expect(await read()).toMatchObject({ speed: 0, isStepping: false });
  await act('clock', { clock: 'next' });
  await expect.poll(() => sandbox.simulation.now()).toBeGreaterThan(before);
  for (let step = 0; statusOf(sandbox, parentArn) === 'RUNNING' && step < 100; step += 1) {
    await act('clock', { clock: 'next' });
    await expect.poll(() => sandbox.simulation.isStepping).toBe(false);
  }
  expect(statusOf(sandbox, parentArn)).toBe('SUCCEEDED');
});

test('a page sets each speed, and the section says it', async () => {
  const { context, act } = await servedAccounts();
  const read = clockReader(context);
  for (const [clock, speed] of [
    ['1x', 1],
    ['60x', 60],
    ['fast', null],
    ['pause', 0],
  ] as const) {
    await act('clock', { clock });
    expect(await read()).toMatchObject({ speed });
  }
  expect(await read()).toBe(await read());
  await expect(act('clock', { clock: 'next' })).rejects.toThrow('nothing is going to happen: start an execution');
  await expect(act('clock', { clock: '3x' })).rejects.toThrow(Refused);
});

test('a sandbox that is not served has no clock', async () => {
  const { context } = await servedAccounts();
  const sandbox = await sandboxWith([]);
  expect(await clockReader({ ...context, sandbox })()).toBe(null);
  expect(await clockReader(context)()).not.toBe(null);
});

test('a page stops an execution with an error and a cause, and redrives it', async () => {
  const { sandbox, act } = await servedAccounts();
  const { execution } = (await act('start', { ...start, machine: childArn })) as { execution: string };
  await expect(act('redrive', { execution })).rejects.toThrow(
    'ExecutionNotRedrivable: Execution is RUNNING and cannot be redriven',
  );
  await act('stop', { execution, error: 'Stopped', cause: 'by a page' });
  await expect
    .poll(() => executionOf(sandbox, childArn)?.outcome)
    .toEqual({
      status: 'ABORTED',
      error: 'Stopped',
      cause: 'by a page',
    });
  await act('redrive', { execution });
  await expect.poll(() => statusOf(sandbox, childArn)).toBe('RUNNING');
  await act('clock', { clock: 'fast' });
  await expect.poll(() => statusOf(sandbox, childArn)).toBe('SUCCEEDED');
});

test.each([
  ['an input that is no JSON', { input: '{' }, 'InvalidExecutionInput'],
  ['a name with a space', { name: 'a b' }, 'InvalidName'],
  ['a state machine that does not exist', { machine: `${parentArn}x` }, 'StateMachineDoesNotExist'],
  ['an ARN of something else', { machine: 'arn:aws:s3:::bucket' }, 'expected an ARN of Step Functions'],
  ['an account without an operator', { machine: parentArn.replace(parentAccount, '333333333333') }, 'has no role'],
  ['no input at all', { input: undefined }, 'the page has sent something wrong'],
])('a page that starts with %s is refused', async (_, difference, message) => {
  const { act } = await servedAccounts();
  await expect(act('start', { ...start, ...difference })).rejects.toThrow(message);
  await expect(act('start', { ...start, ...difference })).rejects.toThrow(Refused);
});

test('policies decide about what a page does: a denial says who lacks what, and why', async () => {
  const { sandbox, act } = await servedAccounts();
  const operator = sandbox.identities.roleNamed(parentAccount, 'crosswind-sandbox-operator');
  operator?.policies.push({
    name: 'freeze',
    document: { Statement: { Effect: 'Deny', Action: 'states:StartExecution', Resource: '*' } },
  });
  await expect(act('start', start)).rejects.toThrow(
    /AccessDeniedException: .*crosswind-sandbox-operator.* is not authorized to perform: states:StartExecution .*explicit deny/,
  );
  expect(executionOf(sandbox, parentArn)).toBe(undefined);
  operator?.policies.pop();
  await act('start', start);
  expect(executionOf(sandbox, parentArn)).toBeDefined();
});

test('all state machines can be started, and each has an input to begin with', async () => {
  const { ask } = await servedAccounts();
  expect(await ask('startable', {})).toEqual([
    { arn: parentArn, title: 'parent', account: parentAccount, isEntry: false, input: '{}' },
    { arn: childArn, title: 'child', account: childAccount, isEntry: false, input: '{}' },
  ]);
});

const describeExecution = { role: targetRoleArn, action: 'states:DescribeExecution' };

test('a page breaks a permission, the parent is stuck, the fix frees it; both changes have their virtual times', async () => {
  const { sandbox, act, ask } = await servedAccounts();
  const began = sandbox.simulation.now();
  const { commands } = (await ask('break-permission', describeExecution)) as { commands: readonly string[] };
  expect(commands).toHaveLength(1);
  expect(commands[0]).toMatch(/^aws iam put-role-policy --role-name target --policy-name \S+ --policy-document '/);
  expect(commands[0]).not.toContain('DescribeExecution');
  expect(commands[0]).toContain('states:StartExecution');
  const broken = await act('break-permission', describeExecution);
  expect(broken).toEqual({ ...describeExecution, statements: [mayDescribe] });
  await act('start', start);
  await act('clock', { clock: '60x' });
  await expect.poll(() => statusOf(sandbox, childArn), { timeout: 10_000 }).toBe('SUCCEEDED');
  await expect.poll(() => sandbox.decisions.denials().length).toBe(1);
  expect(statusOf(sandbox, parentArn)).toBe('RUNNING');
  await act('clock', { clock: 'pause' });
  const fixedAt = sandbox.simulation.now();
  await act('fix-permission', { document: 'identity policy', of: targetRoleArn, statements: [mayDescribe] });
  expect(sandbox.changes.all.map(({ at, kind, resource }) => ({ at, kind, resource }))).toEqual([
    { at: began, kind: 'stack', resource: targetRoleArn },
    { at: fixedAt, kind: 'stack', resource: targetRoleArn },
  ]);
  expect(sandbox.changes.all.map(({ sentence }) => sentence)).toEqual([
    expect.stringContaining('without "states:DescribeExecution"'),
    expect.stringMatching(/ with .*"states:DescribeExecution"/),
  ]);
  await act('clock', { clock: 'fast' });
  await expect.poll(() => statusOf(sandbox, parentArn)).toBe('SUCCEEDED');
});

test('a parent that timed out because it could not ask is redriven after the fix, and succeeds', async () => {
  const Arguments = { StateMachineArn: childArn, Input: '{% $states.input %}' };
  const { sandbox, act } = await servedAccounts({ speed: Infinity, stacks: twoStacks({ task: { Arguments } }) });
  await act('break-permission', describeExecution);
  const { execution } = (await act('start', start)) as { execution: string };
  await expect.poll(() => statusOf(sandbox, parentArn)).toBe('FAILED');
  const redriven = () => [executionOf(sandbox, parentArn)?.redriveCount, statusOf(sandbox, parentArn)];
  await act('redrive', { execution });
  await expect.poll(redriven).toEqual([1, 'FAILED']);
  await act('fix-permission', { document: 'identity policy', of: targetRoleArn, statements: [mayDescribe] });
  await act('redrive', { execution });
  await expect.poll(redriven).toEqual([2, 'SUCCEEDED']);
});

test('what a page fixes twice, and what it does not know, is refused with the reason', async () => {
  const { act } = await servedAccounts();
  const fix = { document: 'identity policy', of: targetRoleArn, statements: [mayStart] };
  await expect(act('fix-permission', fix)).rejects.toThrow(`the identity policy of ${targetRoleArn} has this already`);
  await expect(act('fix-permission', { ...fix, of: `${targetRoleArn}x` })).rejects.toThrow('copy the statement');
  await expect(act('fix-permission', { ...fix, document: 'bucket policy' })).rejects.toThrow('copy the statement');
  await expect(act('fix-permission', { ...fix, statements: [] })).rejects.toThrow('the page has sent something wrong');
  await expect(act('break-permission', { ...describeExecution, action: 's3:GetObject' })).rejects.toThrow(
    `no policy of the role ${targetRoleArn} allows s3:GetObject`,
  );
  await expect(act('break-permission', { ...describeExecution, role: `${targetRoleArn}x` })).rejects.toThrow(
    'no stack that is deployed gives the role',
  );
});

test('an action that only a wildcard allows is not removed: it names the wildcard', async () => {
  const stacks = twoStacks({ target: [allow('states:*')] });
  const { sandbox, act } = await servedAccounts({ stacks });
  await expect(act('break-permission', describeExecution)).rejects.toThrow(
    `states:* allows states:DescribeExecution to the role ${targetRoleArn}: change that in its template`,
  );
  expect(sandbox.changes.count).toBe(0);
});

test('a trust policy and a role without a policy are fixed, too', async () => {
  const stacks = [
    {
      account: parentAccount,
      resources: {
        Bare: role('bare', states),
        Machine: role('parent-role', states),
        Parent: stateMachine('parent', { Done: { Type: 'Succeed' } }),
      },
    },
  ];
  const { sandbox, act } = await servedAccounts({ stacks });
  const of = `arn:aws:iam::${parentAccount}:role/bare`;
  await act('fix-permission', { document: 'identity policy', of, statements: [mayStart] });
  const trust = { Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' };
  await act('fix-permission', { document: 'trust policy', of, statements: [trust] });
  const bare = sandbox.identities.role(of);
  expect(bare?.policies.map(({ document }) => document.Statement)).toEqual([[mayStart]]);
  expect(bare?.trust.document.Statement).toContainEqual(trust);
});
