import { describe, expect, test } from 'vitest';
import { workloadAccounts } from '../../stages/monitoring-stages.ts';
import { platformOf, platformText, shippedPlatform, stackAt, synthesize, synthesized } from '../synthesized.ts';

const places = (
  stacks: readonly { readonly path: string; readonly name: string; readonly account: string }[],
): readonly (readonly string[])[] =>
  stacks
    .filter(({ name }) => ['crosswind-sink', 'crosswind-baseline', 'crosswind-observability'].includes(name))
    .map(({ path, name, account }) => [path, name, account]);

const typesAt = (path: string): readonly string[] =>
  [...new Set(stackAt(synthesized().stacks, path).resources.map(({ type }) => type))].sort();

describe('the stages of monitoring', () => {
  test('put the sink and the alarms into the monitoring account, and a baseline into each workload account once', () => {
    expect(places(synthesized().assembled)).toEqual([
      ['Crosswind/monitoring/Sink', 'crosswind-sink', '222222222222'],
      ['Crosswind/baseline-wind-parent-dev/Baseline', 'crosswind-baseline', '333333333333'],
      ['Crosswind/baseline-wind-child-dev/Baseline', 'crosswind-baseline', '444444444444'],
      ['Crosswind/baseline-wind-parent-prod/Baseline', 'crosswind-baseline', '555555555555'],
      ['Crosswind/baseline-wind-child-prod/Baseline', 'crosswind-baseline', '666666666666'],
      ['Crosswind/observability/Observability', 'crosswind-observability', '222222222222'],
    ]);
  });

  test('are protected from deletion', () => {
    const ours = synthesized().artifacts.filter(({ hierarchicalId }) =>
      /^Crosswind\/(monitoring|baseline-|observability)/.test(hierarchicalId),
    );
    expect(ours.map(({ terminationProtection }) => terminationProtection)).toEqual(Array(6).fill(true));
  });

  test("are deployed through the platform's own bootstrap roles", () => {
    const sink = synthesized().artifacts.find(({ hierarchicalId }) => hierarchicalId === 'Crosswind/monitoring/Sink');
    expect(sink?.assumeRoleArn).toBe('arn:aws:iam::222222222222:role/cdk-crosswind-deploy-role-222222222222-us-east-1');
  });

  test.each([
    ['Crosswind/monitoring/Sink', ['AWS::IAM::Policy', 'AWS::IAM::Role', 'AWS::Oam::Sink', 'AWS::SSM::Parameter']],
    [
      'Crosswind/baseline-wind-child-dev/Baseline',
      [
        'AWS::IAM::Policy',
        'AWS::IAM::Role',
        'AWS::Lambda::Function',
        'AWS::Logs::LogGroup',
        'AWS::Oam::Link',
        'Custom::ObservabilitySink',
      ],
    ],
    [
      'Crosswind/observability/Observability',
      [
        'AWS::CloudWatch::Alarm',
        'AWS::CloudWatch::Dashboard',
        'AWS::KMS::Key',
        'AWS::SNS::Subscription',
        'AWS::SNS::Topic',
        'AWS::SNS::TopicPolicy',
      ],
    ],
  ])('hold in %s what it is there for', (path, types) => {
    expect(typesAt(path)).toEqual(types);
  });

  test('bound the sink by the organization of platform.yaml', () => {
    const { template } = stackAt(synthesized().assembled, 'Crosswind/monitoring/Sink');
    const bounds = JSON.stringify(template).match(/"aws:PrincipalOrgID":"[^"]*"/g);
    expect(bounds).toEqual(Array(2).fill(`"aws:PrincipalOrgID":"${shippedPlatform.organization.id}"`));
  });
});

describe('an account that runs two tenants', () => {
  const twice = platformOf(
    `${platformText}
  - name: second
    workload: wind-speed
    owner: weather-team
    waves:
      dev: { parent: wind-parent-dev, child: wind-child-dev }
`,
  );

  test('gets one baseline', () => {
    const { assembled } = synthesize(twice);
    const inAccount = assembled.filter(({ account }) => account === '333333333333').map(({ name }) => name);
    expect(inAccount).toEqual(['crosswind-baseline', 'crosswind-wind-speed-parent', 'crosswind-second-parent']);
    expect(workloadAccounts(twice)).toEqual(workloadAccounts(shippedPlatform));
  });
});

describe('workload accounts', () => {
  test('are those that run a tenant, in the order of the file', () => {
    expect(workloadAccounts(shippedPlatform).map(({ name }) => name)).toEqual([
      'wind-parent-dev',
      'wind-child-dev',
      'wind-parent-prod',
      'wind-child-prod',
    ]);
  });
});
