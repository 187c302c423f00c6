import { describe, expect, test } from 'vitest';
import { assembled } from '@crosswind/assembly/testing/assembled';
import type { JsonObject } from '@crosswind/aws/json';
import { type LimitName, limitNames, limits } from '@crosswind/aws/quotas';
import { evidenceOf } from '../../../policies/evidence/evidence.ts';
import { measuresOf } from '../../../policies/limits/measures.ts';
import { withinLimits } from '../../../policies/rules/within-limits.ts';
import type { Evidence } from '../../../policies/rules/rule.ts';
import { documentOf, holdings } from './holding.ts';

const accountNames = new Map([['111111111111', 'tooling']]);

const evidence = (limit: keyof typeof holdings, used: number): Evidence =>
  evidenceOf(holdings[limit](used), { runbooks: [], accountNames });

const tested = Object.keys(holdings) as readonly (keyof typeof holdings)[];

/** Part of the finding besides the numbers. */
const named: Partial<Readonly<Record<LimitName, string>>> = {
  templateBytes: 'the first that does not fit is App/One/It, the largest is App/One/It with 999,8',
  templateResources: 'the first that does not fit is It500',
  templateOutputs: 'the first that does not fit is It200',
  stacks: 'in account tooling (111111111111) in eu-west-1; the first that does not fit is s2000',
  pipelineStages: 'the first that does not fit is stage prod.50, which begins with action tenant-a.Parent',
  pipelineActions: 'the first that does not fit is action tenant-1000.Parent of stage prod.20',
  stageActions: 'the first that does not fit is action tenant-50.Parent of stage prod',
  actionConfiguration: 'it is CustomData of action Approve',
  dashboardMetrics:
    'the first that does not fit is ExecutionsFailed "tenant-2500" of account 222222222222 in widget "widget 5"',
  inlinePolicies: 'the first that does not fit is policy App/One/It',
  trustPolicy: 'the first that does not fit is statement 0',
  linksOfAccount: 'the first that does not fit is App/One/It in account tooling (111111111111)',
};

describe.each(tested)('the limit %s', (limit) => {
  const { most, what } = limits[limit];
  const findingsOf = (used: number) =>
    withinLimits.check(evidence(limit, used)).filter(({ message }) => message.startsWith(`${what}:`));

  test('is measured where it is just met, and nothing is found', () => {
    const measures = measuresOf(evidence(limit, most));
    expect(Math.max(...measures.filter((measure) => measure.limit === limit).map(({ used }) => used))).toBe(most);
    const passed = measures.filter((measure) => measure.used > limits[measure.limit].most);
    // A definition of 1 MB in its template does not fit; one that is read from S3 does.
    expect(passed.map((measure) => measure.limit)).toEqual(limit === 'definition' ? ['templateBytes'] : []);
  });

  test('is a finding with its numbers, the account and a fix where it is passed by one', () => {
    const [finding, ...others] = findingsOf(most + 1);
    expect(others).toEqual([]);
    expect(finding?.message).toContain(`expected at most ${most.toLocaleString('en')}`);
    expect(finding?.message).toContain(`got ${(most + 1).toLocaleString('en')}`);
    expect(finding?.message).toContain('account tooling (111111111111)');
    expect(finding?.message).toContain(named[limit] ?? '');
    expect(finding?.fix).toMatch(/^[A-Z].{10,}\.$/s);
  });
});

test('every limit has a test', () => {
  expect([...tested, 'linksOfSink', 'inputArtifact'].sort()).toEqual([...limitNames].sort());
});

test('every limit names the page that states it', () => {
  for (const { source } of Object.values(limits))
    expect(source).toMatch(/^https:\/\/docs\.aws\.amazon\.com\/\S+\.html$/);
});

describe('a pipeline that passes a limit', () => {
  const names = new Map([['300000000007', 'orders-prod']]);
  const deployment = (tenant: string, account: string, padding = ''): JsonObject => ({
    Name: `${tenant}.Parent`,
    RoleArn: `arn:aws:iam::${account}:role/cdk-crosswind-deploy-role-${account}-eu-west-1`,
    Configuration: { StackName: padding },
  });
  const builds = (count: number): readonly JsonObject[] =>
    Array.from({ length: count }, (_, index) => ({ Name: `Smoke-${index}` }));
  const findingsIn = (...actions: readonly JsonObject[]) => {
    const Engine = {
      Type: 'AWS::CodePipeline::Pipeline',
      Properties: { Stages: [{ Name: 'prod', Actions: actions }] },
    };
    // Roles and rules come after the pipeline in its template.
    const Last = { Type: 'Custom::Thing', Properties: { Text: 'x'.repeat(20_000) } };
    const template = assembled({ Resources: { Engine, Last } });
    return withinLimits
      .check(evidenceOf([template], { runbooks: [], accountNames: names }))
      .map(({ message }) => message);
  };

  test('by the size of its template names the tenant and the account that are too much, not a resource of its own', () => {
    const large = deployment('orders', '300000000007', 'x'.repeat(500_000));
    const fits = findingsIn(deployment('first', '300000000001', 'x'.repeat(400_000)), large, ...builds(2));
    expect(fits.filter((message) => message.startsWith('template:'))).toEqual([]);
    const [message, ...others] = findingsIn(
      deployment('first', '300000000001', 'x'.repeat(500_000)),
      large,
      ...builds(2),
    ).filter((each) => each.startsWith('template:'));
    expect(others).toEqual([]);
    expect(message).toContain(
      'the first that does not fit is action orders.Parent of stage prod in account orders-prod (300000000007)',
    );
  });

  test('by its actions names the tenant and the account, though the last action is a build', () => {
    const [message] = findingsIn(...builds(500), deployment('orders', '300000000007'), ...builds(500)).filter((each) =>
      each.startsWith('actions of a pipeline:'),
    );
    expect(message).toContain(
      'the first that does not fit is action orders.Parent of stage prod in account orders-prod (300000000007)',
    );
  });
});

describe('links to one sink', () => {
  const linksOf = (count: number): Evidence => ({
    stacks: Array.from({ length: count }, (_, index) => {
      const stack = assembled({}, { account: String(200_000_000_000 + index) });
      const link = { logicalId: 'Link', type: 'AWS::Oam::Link', path: 'Link', name: 'l', ref: 'l' };
      return { ...stack, resources: [{ ...link, properties: {}, dependencies: [], unresolved: [] }] };
    }),
    possible: [],
    templates: [],
    runbooks: [],
  });

  test('fit up to 100,000', () => {
    expect(withinLimits.check(linksOf(100_000))).toEqual([]);
  });

  test('are a finding that names the account that is one too many', () => {
    const [finding, ...others] = withinLimits.check(linksOf(100_001));
    expect(others).toEqual([]);
    expect(finding?.message).toContain('the first that does not fit is Link in account 200000100000');
  });
});

describe('the artifact of the pipeline', () => {
  const withArtifact = (artifactBytes: number): Evidence => ({
    ...evidence('pipelineStages', 3),
    artifactBytes,
  });

  test.each([
    [256 * 1_048_576, []],
    [256 * 1_048_576 + 1, ['artifact of the synthesized platform: expected at most 268,435,456 bytes']],
  ])('of %i bytes', (bytes, expected) => {
    expect(withinLimits.check(withArtifact(bytes)).map(({ message }) => message.split(', got')[0])).toEqual(expected);
  });
});

describe('sizes', () => {
  const measured = (properties: Parameters<typeof assembled>[0]): ReadonlyMap<string, number> =>
    new Map(measuresOf(evidenceOf([assembled(properties)], { runbooks: [] })).map(({ limit, used }) => [limit, used]));

  test('of bytes count characters beyond ASCII as CloudFormation stores them', () => {
    const definition = (text: string) => ({
      Resources: { It: { Type: 'AWS::StepFunctions::StateMachine', Properties: { DefinitionString: text } } },
    });
    expect(measured(definition('aaa')).get('definition')).toBe(3);
    expect(measured(definition('äöü')).get('definition')).toBe(6);
  });

  test('of policies that are text leave out white space', () => {
    const policy = (document: string) => ({
      Resources: { It: { Type: 'AWS::Logs::ResourcePolicy', Properties: { PolicyDocument: document } } },
    });
    expect(measured(policy(JSON.stringify(documentOf(300), undefined, 4))).get('logPolicy')).toBe(300);
  });

  test('of names that only the deployment knows are not measured', () => {
    const role = (RoleName: string | object) =>
      measured({ Resources: { It: { Type: 'AWS::IAM::Role', Properties: { RoleName: RoleName as string } } } });
    expect(role('worker').get('roleName')).toBe(6);
    expect(role({ 'Fn::ImportValue': 'name' }).has('roleName')).toBe(false);
  });
});
