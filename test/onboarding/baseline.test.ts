import { describe, expect, test } from 'vitest';
import { accountsInOrder, baselineOf, digestIn } from '../../onboarding/baseline/baseline.ts';
import { bootstrapVariant } from '../../onboarding/baseline/baseline-template.ts';
import { cdkBootstrapTemplate } from '../../onboarding/baseline/bootstrap-template.ts';
import type { Template } from '../../onboarding/baseline/template.ts';
import { platformOf, platformText, shippedPlatform } from '../synthesized.ts';

const bootstrap = cdkBootstrapTemplate();
const { kinds } = baselineOf(shippedPlatform, bootstrap);
const templates = Object.fromEntries(kinds.map(({ kind, template }) => [kind, template])) as Record<
  'monitoring' | 'pipeline' | 'workload',
  Template
>;
const both = platformOf(platformText.replace('account: monitoring', 'account: tooling'));
const withState = (state: string) =>
  platformOf(platformText.replace("id: '666666666666'", `id: '666666666666'\n    ${state}`));

/** The statements of a role's trust. */
const trustOf = (template: Template, id: string) =>
  (
    template.Resources[id]?.Properties['AssumeRolePolicyDocument'] as unknown as {
      readonly Statement: readonly {
        readonly Principal: unknown;
        readonly Condition?: { readonly ArnEquals?: { readonly 'aws:PrincipalArn': readonly string[] } };
      }[];
    }
  ).Statement;
const trusted = (template: Template, id: string) =>
  trustOf(template, id).map(({ Condition }) => Condition?.ArnEquals?.['aws:PrincipalArn']);
const breakGlass = { 'Fn::Sub': 'arn:${AWS::Partition}:iam::${AWS::AccountId}:role/crosswind-break-glass' };
const tooling = (name: string): string => `arn:aws:iam::111111111111:role/${name}`;

describe('the baseline', () => {
  test('is one template per kind of account, monitoring first', () => {
    expect(kinds.map(({ kind }) => kind)).toEqual(['monitoring', 'pipeline', 'workload']);
    expect(baselineOf(both, bootstrap).kinds.map(({ kind }) => kind)).toEqual(['pipeline-monitoring', 'workload']);
  });

  test.each(kinds)('of $kind accounts can go with the request that deploys it', ({ template }) => {
    // CloudFormation quotas: a template in a request has at most 51,200 bytes.
    expect(Buffer.byteLength(JSON.stringify(template, null, 1))).toBeLessThan(51_200);
  });

  test.each(kinds)('of $kind accounts keeps the version and the names of the bootstrap', ({ template }) => {
    const { CdkBootstrapVersion, StagingBucket } = bootstrap.Resources;
    expect(template.Resources).toMatchObject({ CdkBootstrapVersion });
    expect(template.Resources['StagingBucket']?.Properties['BucketName']).toEqual(
      StagingBucket?.Properties['BucketName'],
    );
    expect(template.Parameters['Qualifier']).toMatchObject({ Default: 'crosswind' });
  });

  test.each(kinds)(
    'of $kind accounts is of another provenance, which `cdk bootstrap` does not replace',
    ({ template }) => {
      expect(bootstrap.Parameters['BootstrapVariant']).toMatchObject({ Default: 'AWS CDK: Default Resources' });
      expect(template.Parameters['BootstrapVariant']).toMatchObject({ Default: bootstrapVariant });
    },
  );

  test.each(kinds)('of $kind accounts has no parameter or condition that nothing uses', ({ template }) => {
    const { Parameters, Conditions, ...rest } = template;
    const used = JSON.stringify([rest, Conditions]);
    for (const name of Object.keys(Parameters)) expect(used).toMatch(new RegExp(`"${name}"|\\$\\{${name}\\}`));
    for (const name of Object.keys(Conditions)) expect(used.split(`"${name}"`).length).toBeGreaterThan(2);
    expect(Object.keys(Parameters)).not.toContain('TrustedAccounts');
  });

  test('names the resource that a newer bootstrap of the CDK lacks', () => {
    const Resources = { ...bootstrap.Resources };
    Reflect.deleteProperty(Resources, 'LookupRole');
    expect(() => baselineOf(shippedPlatform, { ...bootstrap, Resources })).toThrow(
      'the bootstrap template of this CDK has no resource LookupRole',
    );
  });

  test('has another digest when a guard changes, and the same one for the same platform', () => {
    const again = baselineOf(shippedPlatform, bootstrap).kinds.map(({ digest }) => digest);
    expect(again).toEqual(kinds.map(({ digest }) => digest));
    expect(kinds.map(({ template }) => digestIn(template))).toEqual(again);
    const wider = { ...shippedPlatform, organization: { ...shippedPlatform.organization, publicBuckets: ['winds'] } };
    const digests = baselineOf(wider, bootstrap).kinds.map(({ digest }) => digest);
    expect(digests.filter((digest) => again.includes(digest))).toEqual([]);
  });
});

describe('the roles of the bootstrap', () => {
  test.each([
    ['DeploymentActionRole', 'crosswind-pipeline'],
    ['FilePublishingRole', 'crosswind-publishing'],
    ['ImagePublishingRole', 'crosswind-publishing'],
  ])('trust the role that needs them: %s trusts %s', (id, name) => {
    expect(trusted(templates.workload, id)).toEqual([[tooling(name)], breakGlass]);
    expect(trusted(templates.pipeline, id)).toEqual([[tooling(name), tooling('crosswind-self-mutation')], breakGlass]);
  });

  test('look up for nobody but the person who repairs the account', () => {
    expect(trusted(templates.workload, 'LookupRole')).toEqual([breakGlass]);
  });

  test('name principals by a condition, since a role as principal must exist', () => {
    expect(trustOf(templates.workload, 'DeploymentActionRole')[0]?.Principal).toEqual({
      AWS: 'arn:aws:iam::111111111111:root',
    });
  });

  test('let CloudFormation do what the execution policy allows, without the boundary of its roles', () => {
    const { Properties } = templates.workload.Resources['CloudFormationExecutionRole'] ?? {};
    expect(JSON.stringify(Properties?.['ManagedPolicyArns'])).toContain('policy/crosswind-deployment');
    expect(JSON.stringify(templates.workload.Resources)).not.toContain('AdministratorAccess');
    expect(Properties).not.toHaveProperty('PermissionsBoundary');
  });
});

describe('the roles of an account for the pipeline', () => {
  const actionsOf = (template: Template, id: string): readonly string[] => {
    const policies = template.Resources[id]?.Properties['Policies'] as unknown as readonly {
      readonly PolicyDocument: { readonly Statement: readonly { readonly Action: readonly string[] }[] };
    }[];
    return policies.flatMap(({ PolicyDocument }) => PolicyDocument.Statement.flatMap(({ Action }) => Action));
  };

  test.each(kinds)('only read, in $kind accounts', ({ template }) => {
    const actions = actionsOf(template, 'Viewer');
    expect(actions.length).toBeGreaterThan(5);
    expect(actions.filter((action) => !/^[a-z-]+:(Get|List|Describe)/.test(action))).toEqual([]);
  });

  test('read subscriptions where monitoring is, and the connection where the pipeline is', () => {
    const withAction = (action: string) =>
      kinds.filter(({ template }) => actionsOf(template, 'Viewer').includes(action));
    expect(withAction('sns:ListSubscriptionsByTopic').map(({ kind }) => kind)).toEqual(['monitoring']);
    expect(withAction('codeconnections:GetConnection').map(({ kind }) => kind)).toEqual(['pipeline']);
  });

  test('protect stacks, and trust the one build that does', () => {
    expect(actionsOf(templates.workload, 'Protector')).toEqual([
      'cloudformation:DescribeStacks',
      'cloudformation:UpdateTerminationProtection',
    ]);
    expect(trusted(templates.workload, 'Protector')).toEqual([[tooling('crosswind-protection')]]);
  });
});

describe('telemetry', () => {
  test('goes to the sink of the monitoring account, whose policy names the organization', () => {
    expect(templates.monitoring.Resources['Sink']?.Properties['Policy']).toMatchObject({
      Statement: [{ Condition: { StringEquals: { 'aws:PrincipalOrgID': 'o-exampleorg1' } } }],
    });
    expect(templates.monitoring.Outputs['SinkArn']).toMatchObject({ Value: { 'Fn::GetAtt': ['Sink', 'Arn'] } });
    expect(templates.monitoring.Resources).not.toHaveProperty('Link');
  });

  test.each(['pipeline', 'workload'] as const)('of %s accounts is linked to a sink that a parameter names', (kind) => {
    expect(templates[kind].Resources['Link']?.Properties['SinkIdentifier']).toEqual({ Ref: 'SinkArn' });
    expect(templates[kind].Parameters['SinkArn']).not.toHaveProperty('Default');
    expect(templates[kind].Resources).not.toHaveProperty('Sink');
  });

  test.each([
    ['monitoring', 'Sink', 'HasSink', { 'Fn::Equals': [{ Ref: 'HasSink' }, 'true'] }],
    ['pipeline', 'Link', 'HasLink', { 'Fn::Not': [{ 'Fn::Equals': [{ Ref: 'SinkArn' }, 'none'] }] }],
    ['workload', 'Link', 'HasLink', { 'Fn::Not': [{ 'Fn::Equals': [{ Ref: 'SinkArn' }, 'none'] }] }],
  ] as const)('of %s accounts: the %s leaves the stack by a parameter', (kind, id, condition, expression) => {
    expect(templates[kind].Resources[id]?.Condition).toBe(condition);
    expect(templates[kind].Conditions[condition]).toEqual(expression);
  });

  test('of an account that is the pipeline and monitoring needs no link', () => {
    const [shared] = baselineOf(both, bootstrap).kinds;
    expect(shared?.template.Resources).toHaveProperty('Sink');
    expect(shared?.template.Resources).not.toHaveProperty('Link');
  });
});

describe('accounts', () => {
  const ids = (platform: typeof shippedPlatform) => accountsInOrder(platform).map(({ id }) => id);

  test.each([
    ['state: active', true],
    ['state: pending', true],
    ['state: draining', true],
    ['frozen: true', true],
    ['state: detached', false],
  ])('with %s have a baseline: %s', (line, has) => {
    expect(ids(withState(line)).includes('666666666666')).toBe(has);
  });

  test('come after the one that they link to', () => {
    expect(accountsInOrder(shippedPlatform).map(({ kind }) => kind)).toEqual([
      'monitoring',
      'pipeline',
      ...Array.from({ length: 4 }, () => 'workload'),
    ]);
  });

  test('of a region that no tenant runs in yet find a sink there', () => {
    const pending = platformOf(
      platformText.replace(
        /^tenants:/m,
        "  - { name: first, id: '777777777777', email: aws+first@example.com, organizationalUnit: Workloads, region: eu-west-1, state: pending }\n$&",
      ),
    );
    const regions = Object.fromEntries(accountsInOrder(pending).map(({ account, regions: all }) => [account, all]));
    expect(regions).toMatchObject({ first: ['us-east-1', 'eu-west-1'], monitoring: ['us-east-1', 'eu-west-1'] });
  });

  test('have it in the region of the platform, where their roles are, and in their own', () => {
    const moved = platformOf(
      platformText.replace(/(name: word-(?:parent|child)-prod\n)/g, '$1    region: eu-west-1\n'),
    );
    const regions = Object.fromEntries(accountsInOrder(moved).map(({ account, regions: all }) => [account, all]));
    expect(regions).toMatchObject({
      monitoring: ['us-east-1', 'eu-west-1'],
      tooling: ['us-east-1', 'eu-west-1'],
      'word-parent-dev': ['us-east-1'],
      'word-parent-prod': ['us-east-1', 'eu-west-1'],
    });
  });
});
