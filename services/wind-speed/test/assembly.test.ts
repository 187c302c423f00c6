import { functionsOf } from '@crosswind/assembly/functions';
import { distributedMapsOf } from '@crosswind/assembly/distributed-maps';
import { rolesOf } from '@crosswind/assembly/roles';
import { stateMachinesOf } from '@crosswind/assembly/state-machines';
import { objectOf, textOf } from '@crosswind/aws/json';
import type { PolicyDocument } from '@crosswind/iam/policy-document';
import { unknownActions } from '@crosswind/iam/unknown-actions';
import { describe, expect, test } from 'vitest';
import { crossAccountStartFindings } from '../../../policies/reach/cross-account-start.ts';
import { stackAt } from '../../../test/synthesized.ts';
import { childPath } from './built.ts';
import { synthesized } from './platform.ts';

const child = () => stackAt(synthesized().stacks, childPath);

describe('a platform with this workload', () => {
  test('has its stacks and workflows in the accounts of the file, under the names that are deployed', () => {
    const places = synthesized().assembled.map(({ path, name, account }) => [path, name, account]);
    expect(places.filter(([path]) => /\/(dev|prod)-/.test(path ?? ''))).toEqual([
      ['Crosswind/dev-wind-speed/Child', 'crosswind-wind-speed-child', '444444444444'],
      ['Crosswind/dev-wind-speed/Parent', 'crosswind-wind-speed-parent', '333333333333'],
      ['Crosswind/prod-wind-speed/Child', 'crosswind-wind-speed-child', '666666666666'],
      ['Crosswind/prod-wind-speed/Parent', 'crosswind-wind-speed-parent', '555555555555'],
    ]);
    const arns = synthesized()
      .stacks.flatMap(stateMachinesOf)
      .map(({ arn }) => arn);
    for (const [account, stage] of [
      ['333333333333', 'parent'],
      ['444444444444', 'child'],
    ]) {
      expect(arns).toContain(`arn:aws:states:us-east-1:${account}:stateMachine:crosswind-wind-speed-${stage}`);
    }
  });

  test('lets each parent start, poll and stop its child, and nothing else', () => {
    expect(crossAccountStartFindings(synthesized().stacks)).toEqual([]);
  });

  test('has a bundle for each function', () => {
    const { assembled } = synthesized();
    expect(assembled).toHaveLength(12);
    const keys = assembled.flatMap(({ template }) =>
      Object.values(template.Resources)
        .filter(({ Type }) => Type === 'AWS::Lambda::Function')
        .map(({ Properties }) => textOf(objectOf(Properties?.['Code'])['S3Key'])),
    );
    expect(keys).toHaveLength(14);
    expect(keys.filter((key) => !assembled.some(({ assets }) => assets.has(key)))).toEqual([]);
  });

  test('gives no two resources one ARN', () => {
    const arns = synthesized().stacks.flatMap(({ resources }) => resources.flatMap(({ arn }) => arn ?? []));
    expect(arns.length).toBeGreaterThan(50);
    expect(new Set(arns).size).toBe(arns.length);
  });

  test('has three state machines per wave, their definitions without intrinsic functions', () => {
    const all = synthesized().stacks.flatMap(stateMachinesOf);
    expect(all).toHaveLength(6);
    expect(JSON.stringify(all)).not.toMatch(/Fn::|"Ref"|AWS::/);
  });

  test('gives every role of the workload accounts a trust policy and a policy', () => {
    const roles = synthesized()
      .stacks.filter(({ path }) => path !== 'Crosswind')
      .flatMap(rolesOf);
    expect(roles).toHaveLength(32);
    expect(roles.filter(({ trust, policies }) => !trust['Statement'] || policies.length === 0)).toEqual([]);
  });

  test('allows no action that no service has', () => {
    const policies = synthesized()
      .stacks.flatMap(rolesOf)
      .flatMap((role) => role.policies);
    expect(policies.length).toBeGreaterThan(20);
    const unknown = policies.flatMap((policy) => unknownActions(policy.document as unknown as PolicyDocument));
    expect([...new Set(unknown)]).toEqual([]);
  });

  test('has the years of each wave', () => {
    const text = JSON.stringify(
      synthesized()
        .stacks.filter(({ path }) => path.endsWith('/Child'))
        .map(({ resources }) => resources),
    );
    expect([text.includes(': [2022] %}'), text.includes(': [2022,2023,2024] %}')]).toEqual([true, true]);
  });
});

describe('the child account', () => {
  test('has the function that analyzes, with what runs it', () => {
    const analyze = functionsOf(child()).find(({ name }) => name === 'crosswind-wind-speed-child-analyze');
    expect(analyze).toMatchObject({
      account: '444444444444',
      region: 'us-east-1',
      handler: 'index.handler',
      runtime: 'nodejs24.x',
      memoryMegabytes: 1024,
      timeoutSeconds: 60,
      traced: true,
    });
    expect(analyze?.arn).toBe(`arn:aws:lambda:us-east-1:444444444444:function:${analyze?.name}`);
    expect(analyze?.roleArn).toMatch(/^arn:aws:iam::444444444444:role\/crosswind-wind-speed-child-ChildAnalyzeRole/);
    expect(analyze?.logGroupArn).toMatch(/^arn:aws:logs:us-east-1:444444444444:log-group:.*ChildAnalyzeLogs.*:\*$/);
  });

  test('names its buckets to that function', () => {
    const buckets = child()
      .resources.filter(({ type }) => type === 'AWS::S3::Bucket')
      .map(({ name }) => name);
    const { environment } =
      functionsOf(child()).find(({ name }) => name === 'crosswind-wind-speed-child-analyze') ?? {};
    const named = ['SOURCE_BUCKET', 'RESULTS_BUCKET'].map((variable) => environment?.[variable]);
    expect(new Set(named).size).toBe(2);
    expect(buckets).toEqual(expect.arrayContaining(named));
  });

  test('gives its machine the policy of the map besides its own', () => {
    const machine = rolesOf(child()).find(({ name }) => name.includes('ChildWorkflowRole'));
    expect(machine?.policies.map(({ name }) => name.replace(/[0-9A-F]{8}$/, ''))).toEqual([
      'ChildWorkflowRoleDefaultPolicy',
      'ChildWorkflowDistributedMapPolicy',
    ]);
  });

  test('has one Distributed Map, which reads one bucket, writes the other, and invokes the function that analyzes', () => {
    const [map, ...others] = stateMachinesOf(child()).flatMap(distributedMapsOf);
    const nameOf = (id: string) => child().resources.find(({ logicalId }) => logicalId.startsWith(id))?.name;
    expect(others).toEqual([]);
    expect(map).toEqual({
      state: 'Analyze objects',
      sourceBucket: nameOf('WeatherSource2'),
      resultsBucket: nameOf('WeatherResults2'),
      functionArns: functionsOf(child())
        .filter(({ name }) => name === 'crosswind-wind-speed-child-analyze')
        .map(({ arn }) => arn),
    });
    expect(map?.functionArns).toHaveLength(1);
  });
});
