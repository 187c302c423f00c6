import { deploymentOrder } from '@crosswind/assembly/deployment-order';
import { distributedMapsOf } from '@crosswind/assembly/distributed-maps';
import { functionsOf } from '@crosswind/assembly/functions';
import { rolesOf } from '@crosswind/assembly/roles';
import { stateMachinesOf } from '@crosswind/assembly/state-machines';
import { objectOf, textOf } from '@crosswind/aws/json';
import type { PolicyDocument } from '@crosswind/iam/policy-document';
import { unknownActions } from '@crosswind/iam/unknown-actions';
import { describe, expect, test } from 'vitest';
import { stackAt, synthesized } from '../synthesized.ts';

const child = () => stackAt(synthesized().stacks, 'Crosswind/dev-word-count/Child');

describe('the example platform', () => {
  test('deploys the probes, the alarms, dev, then prod, each with parent and child', () => {
    expect(
      deploymentOrder(synthesized().assembled).map(({ name, approval, steps }) => [
        name,
        approval,
        steps.flat().length,
      ]),
    ).toEqual([
      ['probes', false, 4],
      ['observability', false, 3],
      ['dev', false, 2],
      ['prod', true, 2],
    ]);
  });

  test('has 12 stacks, and a bundle for each function', () => {
    const { assembled } = synthesized();
    expect(assembled).toHaveLength(12);
    const keys = assembled.flatMap(({ template }) =>
      Object.values(template.Resources)
        .filter(({ Type }) => Type === 'AWS::Lambda::Function')
        .map(({ Properties }) => textOf(objectOf(Properties?.['Code'])['S3Key'])),
    );
    expect(keys).toHaveLength(8);
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
    expect(roles).toHaveLength(26);
    expect(roles.filter(({ trust, policies }) => !trust['Statement'] || policies.length === 0)).toEqual([]);
  });

  test('allows no action that no service has: a misspelled one would allow nothing, silently', () => {
    const policies = synthesized()
      .stacks.flatMap(rolesOf)
      .flatMap((role) => role.policies);
    expect(policies.length).toBeGreaterThan(20);
    const unknown = policies.flatMap((policy) => unknownActions(policy.document as unknown as PolicyDocument));
    expect([...new Set(unknown)]).toEqual([]);
  });
});

describe('the child account', () => {
  test('has the function that counts, with what runs it', () => {
    const count = functionsOf(child()).find(({ name }) => name.includes('ChildCount'));
    expect(count).toMatchObject({
      account: '444444444444',
      region: 'us-east-1',
      handler: 'index.handler',
      runtime: 'nodejs24.x',
      memoryMegabytes: 1024,
      timeoutSeconds: 60,
      traced: true,
    });
    expect(count?.arn).toBe(`arn:aws:lambda:us-east-1:444444444444:function:${count?.name}`);
    expect(count?.roleArn).toMatch(/^arn:aws:iam::444444444444:role\/crosswind-word-count-child-ChildCountRole/);
    expect(count?.logGroupArn).toMatch(/^arn:aws:logs:us-east-1:444444444444:log-group:.*ChildCountLogs.*:\*$/);
  });

  test('names its buckets to that function', () => {
    const buckets = child()
      .resources.filter(({ type }) => type === 'AWS::S3::Bucket')
      .map(({ name }) => name);
    const { environment } = functionsOf(child()).find(({ name }) => name.includes('ChildCount')) ?? {};
    expect(Object.keys(environment ?? {})).toEqual(['SOURCE_BUCKET', 'RESULTS_BUCKET']);
    expect(buckets).toEqual(expect.arrayContaining(Object.values(environment ?? {})));
  });

  test('gives its machine the policy of the map besides its own', () => {
    const machine = rolesOf(child()).find(({ name }) => name.includes('ChildWorkflowRole'));
    expect(machine?.policies.map(({ name }) => name.replace(/[0-9A-F]{8}$/, ''))).toEqual([
      'ChildWorkflowRoleDefaultPolicy',
      'ChildWorkflowDistributedMapPolicy',
    ]);
  });

  test('has one Distributed Map, which reads one bucket, writes the other, and invokes the function that counts', () => {
    const [map, ...others] = stateMachinesOf(child()).flatMap(distributedMapsOf);
    const nameOf = (id: string) => child().resources.find(({ logicalId }) => logicalId.startsWith(id))?.name;
    expect(others).toEqual([]);
    expect(map).toEqual({
      state: 'Count texts',
      sourceBucket: nameOf('ChildSource'),
      resultsBucket: nameOf('ChildResults'),
      functionArns: functionsOf(child())
        .filter(({ name }) => name.includes('ChildCount'))
        .map(({ arn }) => arn),
    });
    expect(map?.functionArns).toHaveLength(1);
  });
});
