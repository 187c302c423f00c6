import { afterEach, describe, expect, test } from 'vitest';
import { administrator } from '../../cli/local/administrator.ts';
import { crosswindIn } from './crosswind.ts';
import { findingsIn, preflightCommand } from './preflighted.ts';
import { type PushedPlatform, pushedPlatform } from './pushed-platform.ts';

const [tooling, childDev] = ['111111111111', '444444444444'] as const;
const region = 'us-east-1';

let first: PushedPlatform;
afterEach(() => first.sandbox.close());

const withQuotas = async (
  account: string,
  quotas: { lambdaConcurrency?: number; applied?: Record<string, number> },
) => {
  first = await pushedPlatform({ quotas: { accounts: { [account]: quotas } }, isPushed: false });
};

const request = (service: string, code: string, value: number, account: string): string =>
  `aws service-quotas request-service-quota-increase --region us-east-1 --service-code ${service} --quota-code ${code} --desired-value ${value} # in account ${account}`;

describe('crosswind preflight and quotas', { timeout: 120_000 }, () => {
  test('is ready with the usual values, and with just enough', async () => {
    await withQuotas(tooling, { applied: { 'codebuild/L-9D07B6EF': 1, 'codebuild/L-2DC20C30': 1 } });
    const ready = await crosswindIn(first.environment, ...preflightCommand);
    expect(ready).toMatchObject({ code: 0, stdout: 'ready: 6 accounts\n' });
  });

  test('finds an account whose Lambda concurrency is below what it states', async () => {
    await withQuotas(childDev, { lambdaConcurrency: 999 });
    expect(await findingsIn(first.environment)).toEqual([
      expect.objectContaining({
        ...{ check: 'Lambda concurrency', account: 'word-child-dev', found: '999 functions at a time' },
        fix: request('lambda', 'L-B99A9384', 1000, childDev),
      }),
    ]);
  });

  test.each([
    ['small', 'L-9D07B6EF', 'Small'],
    ['medium', 'L-2DC20C30', 'Medium'],
  ])('finds a new account that may run no %s build, which the pipeline needs', async (_, code, size) => {
    await withQuotas(tooling, { applied: { [`codebuild/${code}`]: 0 } });
    expect(await findingsIn(first.environment)).toEqual([
      {
        ...{ check: 'quota', severity: 'error', account: 'tooling', id: tooling, region },
        found: `0 as "Concurrently running builds for Linux/${size} environment"`,
        needed: 'at least 1 for the platform alone',
        fix: request('codebuild', code, 1, tooling),
      },
    ]);
    // The build of another account does not need them.
    expect(await findingsIn(first.environment, '--account', 'word-child-dev')).toEqual([]);
  });

  test.each([
    ['iam/L-FE177D64', 'roles', 'Roles per account'],
    ['iam/L-E95E4862', 'policies', 'Customer managed policies per account'],
  ])('finds %s below what the assembly and the baseline have of %s there', async (quota, _, name) => {
    await withQuotas(childDev, { applied: { [quota]: 1 } });
    const [service = '', code = ''] = quota.split('/');
    const [finding, ...others] = await findingsIn(first.environment);
    expect(others).toEqual([]);
    expect(finding).toMatchObject({ check: 'quota', account: 'word-child-dev', found: `1 as "${name}"` });
    const [, least = ''] = /^at least (\d+) for the platform alone$/.exec(finding?.needed ?? '') ?? [];
    expect(finding?.fix).toBe(request(service, code, Number(least), childDev));
    await first.sandbox.close();
    await withQuotas(childDev, { applied: { [quota]: Number(least) } });
    expect(await findingsIn(first.environment)).toEqual([]);
    await first.sandbox.close();
    await withQuotas(childDev, { applied: { [quota]: Number(least) - 1 } });
    expect(await findingsIn(first.environment)).toHaveLength(1);
  });

  test('counts stacks of others with those of the push', async () => {
    // The baseline, the probe and the workload.
    await withQuotas(childDev, { applied: { 'cloudformation/L-0485CB21': 3 } });
    expect(await findingsIn(first.environment)).toEqual([]);
    const caller = { principal: administrator(first.sandbox, childDev, region), region };
    const TemplateBody = JSON.stringify({ Resources: { Topic: { Type: 'AWS::SNS::Topic' } } });
    await first.sandbox.stackCalls.send(caller, 'CreateStack', { StackName: 'orders', TemplateBody });
    await first.sandbox.stackCalls.api.cloudFormation.settled();
    expect(await findingsIn(first.environment)).toEqual([
      expect.objectContaining({
        ...{ check: 'quota', account: 'word-child-dev', found: '3 as "Stack count"' },
        needed: 'at least 4, 3 of them of the platform',
        fix: request('cloudformation', 'L-0485CB21', 4, childDev),
      }),
    ]);
  });

  test('warns where the role may not read a quota, though its baseline is current', async () => {
    await withQuotas(childDev, {});
    const role = first.sandbox.identities.role(`arn:aws:iam::${childDev}:role/crosswind-viewer`);
    const denied = { Effect: 'Deny', Action: 'servicequotas:*', Resource: '*' } as const;
    role?.policies.push({ name: 'deny', document: { Statement: [denied] } });
    const found = await findingsIn(first.environment);
    expect(found.map(({ severity, account, found: said }) => [severity, account, said])).toEqual(
      ['Stack count', 'Roles per account', 'Customer managed policies per account'].map((name) => [
        ...['warning', 'word-child-dev'],
        expect.stringContaining(`no value of "${name}"`) as unknown,
      ]),
    );
  });
});
