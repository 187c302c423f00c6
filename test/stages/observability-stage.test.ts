import { describe, expect, test } from 'vitest';
import { type JsonObject, listOf, objectOf, textOf } from '@crosswind/aws/json';
import { scheduledText } from '../scheduled-platform.ts';
import { platformOf, platformText, shippedPlatform, stackAt, synthesize, synthesized } from '../synthesized.ts';

const places = (
  stacks: readonly { readonly path: string; readonly name: string; readonly account: string }[],
): readonly (readonly string[])[] =>
  stacks
    .filter(({ name }) => name !== 'Crosswind' && !/-(parent|child|probe)$/.test(name))
    .map(({ path, name, account }) => [path, name, account]);

const typesAt = (path: string): readonly string[] =>
  [...new Set(stackAt(synthesized().stacks, path).resources.map(({ type }) => type))].sort();

describe('the stage of monitoring', () => {
  test('puts topics, alarms and dashboards into the monitoring account, and nothing into the workload accounts', () => {
    expect(places(synthesized().assembled)).toEqual([
      ['Crosswind/observability/Alerts', 'crosswind-alerts', '222222222222'],
      ['Crosswind/observability/Tenant-word-count', 'crosswind-observability-word-count', '222222222222'],
      ['Crosswind/observability/Fleet', 'crosswind-fleet', '222222222222'],
    ]);
  });

  test('is protected from deletion', () => {
    const ours = synthesized().artifacts.filter(({ hierarchicalId }) =>
      hierarchicalId.startsWith('Crosswind/observability/'),
    );
    expect(ours.map(({ terminationProtection }) => terminationProtection)).toEqual(Array(3).fill(true));
  });

  test("is deployed through the platform's own bootstrap roles", () => {
    const alerts = synthesized().artifacts.find(
      ({ hierarchicalId }) => hierarchicalId === 'Crosswind/observability/Alerts',
    );
    expect(alerts?.assumeRoleArn).toBe(
      'arn:aws:iam::222222222222:role/cdk-crosswind-deploy-role-222222222222-us-east-1',
    );
  });

  test.each([
    [
      'Crosswind/observability/Alerts',
      ['AWS::KMS::Key', 'AWS::SNS::Subscription', 'AWS::SNS::Topic', 'AWS::SNS::TopicPolicy'],
    ],
    ['Crosswind/observability/Tenant-word-count', ['AWS::CloudWatch::Alarm', 'AWS::CloudWatch::Dashboard']],
    ['Crosswind/observability/Fleet', ['AWS::CloudWatch::Alarm', 'AWS::CloudWatch::Dashboard']],
  ])('holds in %s what it is there for', (path, types) => {
    expect(typesAt(path)).toEqual(types);
  });
});

/** Stages of the platform's own region are called without it. */
const suffixOf = (region: string): string => (region === shippedPlatform.region ? '' : `-${region}`);

const second = `
  - name: second
    workload: word-count
    owner: letters-team
    waves:
      dev: { parent: word-parent-dev, child: word-child-dev }
`;

describe('an account that runs two tenants', () => {
  const twice = synthesize(platformOf(`${platformText}${second}`));

  test('has the stacks of both, and nothing else', () => {
    const inAccount = twice.assembled.filter(({ account }) => account === '333333333333').map(({ name }) => name);
    expect(inAccount).toEqual(['crosswind-probe', 'crosswind-word-count-parent', 'crosswind-second-parent']);
  });

  test('is watched once, and shown on both dashboards', () => {
    const resourcesOf = (tenant: string) => stackAt(twice.stacks, `Crosswind/observability/Tenant-${tenant}`).resources;
    const alarms = (tenant: string) =>
      resourcesOf(tenant).filter(
        ({ type, properties }) =>
          type === 'AWS::CloudWatch::Alarm' && JSON.stringify(properties).includes('ClaimedAccountConcurrency'),
      );
    expect([alarms('word-count').length, alarms('second').length]).toEqual([4, 0]);
    const dashboard = resourcesOf('second').find(({ type }) => type === 'AWS::CloudWatch::Dashboard');
    expect(JSON.stringify(dashboard?.properties)).toContain('ApproximateMapRunBacklogSize');
  });
});

describe('an account whose alarms go over to another tenant', () => {
  const alarmsOf = (text: string): ReadonlyMap<string, string> =>
    new Map(
      synthesize(platformOf(text)).stacks.flatMap(({ path, resources }) =>
        resources.filter(({ type }) => type === 'AWS::CloudWatch::Alarm').map(({ name }) => [name, path] as const),
      ),
    );

  test('has them under other names: its stacks may be deployed in any order', () => {
    const before = alarmsOf(`${platformText}${second}`);
    const after = alarmsOf(`${platformText.replace('    owner', '    state: removed\n    owner')}${second}`);
    const moved = [...after].filter(([name, path]) => before.has(name) && before.get(name) !== path);
    expect(moved).toEqual([]);
    expect([...after.keys()].filter((name) => name.endsWith('-silent'))).toEqual([
      'crosswind-second-word-parent-dev-silent',
      'crosswind-second-word-child-dev-silent',
    ]);
  });
});

describe('a tenant with a schedule', () => {
  const { stacks } = synthesize(platformOf(scheduledText));
  const alarms = stackAt(stacks, 'Crosswind/observability/Tenant-word-count').resources.filter(
    ({ type, properties }) =>
      type === 'AWS::CloudWatch::Alarm' && JSON.stringify(properties).includes('docs/runbooks/schedule-failed.md'),
  );

  test('has an alarm on what the schedule gave up, in the account of its parent', () => {
    expect(alarms).toHaveLength(1);
    const text = JSON.stringify(alarms[0]?.properties);
    expect(text).toContain('[ticket] word-parent-dev: word-count schedule (dev)');
    expect(text).toContain('crosswind-word-count-schedule-failures');
    expect(text).toContain('"AccountId":"333333333333"');
  });
});

describe('a platform in two regions', () => {
  const inTwo = platformText.replace(/(name: word-(?:parent|child)-dev\n)/g, '$1    region: eu-west-1\n');
  const { assembled, stacks } = synthesize(platformOf(inTwo));

  test('has topics and alarms in each, and its dashboards in its own', () => {
    const inMonitoring = assembled.filter(({ account }) => account === '222222222222');
    expect(inMonitoring.map(({ region, name }) => [region, name])).toEqual([
      ['us-east-1', 'crosswind-alerts'],
      ['us-east-1', 'crosswind-observability-word-count'],
      ['us-east-1', 'crosswind-fleet'],
      ['eu-west-1', 'crosswind-alerts'],
      ['eu-west-1', 'crosswind-observability-word-count'],
      ['eu-west-1', 'crosswind-fleet'],
    ]);
    const dashboards = stacks
      .flatMap(({ region, resources }) => resources.map((resource) => ({ region, ...resource })))
      .filter(({ type }) => type === 'AWS::CloudWatch::Dashboard');
    expect(dashboards.map(({ region, name }) => [region, name])).toEqual([
      ['us-east-1', 'crosswind-word-count'],
      ['us-east-1', 'crosswind-fleet'],
    ]);
  });

  test('watches each account where it is', () => {
    const watched = (region: string) => {
      const alarms = stackAt(stacks, `Crosswind/observability${suffixOf(region)}/Tenant-word-count`).resources.filter(
        ({ type }) => type === 'AWS::CloudWatch::Alarm',
      );
      const text = JSON.stringify(alarms.map(({ properties }) => properties));
      return [...new Set([...text.matchAll(/"AccountId":"(\d+)"/g)].map(([, account]) => account))].sort();
    };
    expect(watched('us-east-1')).toEqual(['555555555555', '666666666666']);
    expect(watched('eu-west-1')).toEqual(['333333333333', '444444444444']);
  });

  test('watches a schedule where its tenant is, and makes no stack for a tenant that is elsewhere', () => {
    const text = `${inTwo.replace(
      'child: word-child-dev\n',
      'child: word-child-dev\n        schedule: { expression: rate(7 days) }\n',
    )}
  - name: second
    workload: word-count
    owner: letters-team
    waves:
      prod: { parent: word-parent-prod, child: word-child-prod }
`;
    const built = synthesize(platformOf(text));
    const watching = built.stacks
      .filter(({ resources }) =>
        resources.some(
          ({ type, properties }) =>
            type === 'AWS::CloudWatch::Alarm' && JSON.stringify(properties).includes('schedule-failures'),
        ),
      )
      .map(({ path }) => path)
      .filter((path) => path.includes('observability'));
    expect(watching).toEqual(['Crosswind/observability-eu-west-1/Tenant-word-count']);
    const paths = built.assembled.map(({ path }) => path).filter((path) => path.endsWith('Tenant-second'));
    expect(paths).toEqual(['Crosswind/observability/Tenant-second']);
  });

  test('shows both regions on the fleet dashboard', () => {
    const { resources } = stackAt(stacks, 'Crosswind/observability/Fleet');
    const dashboard = resources.find(({ type }) => type === 'AWS::CloudWatch::Dashboard');
    const body = JSON.parse(textOf(dashboard?.properties['DashboardBody'])) as JsonObject;
    const regions = listOf(body['widgets']).flatMap(
      (widget) => objectOf(objectOf(widget)['properties'])['region'] ?? [],
    );
    expect(regions).toEqual([...Array<string>(17).fill('us-east-1'), ...Array<string>(17).fill('eu-west-1')]);
  });
});
