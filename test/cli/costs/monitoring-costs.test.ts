import { describe, expect, test } from 'vitest';
import { assembled } from '@crosswind/assembly/testing/assembled';
import { resolveStacks } from '@crosswind/assembly/resolve';
import type { TemplateResource } from '@crosswind/assembly/template';
import type { Json, JsonObject } from '@crosswind/aws/json';
import { emittedEnvironment } from '../../../blocks/observability/own-metrics.ts';
import { type MonitoringCosts, monitoringCosts } from '../../../cli/costs/monitoring-costs.ts';

const resource = (Type: string, Properties: JsonObject = {}): TemplateResource => ({ Type, Properties });

function costsOf(...stacks: readonly Readonly<Record<string, TemplateResource>>[]): MonitoringCosts {
  const given = stacks.map((Resources, index) =>
    assembled(
      { Resources },
      { id: `s${index}`, name: `s${index}`, path: `App/${index}`, account: `11111111111${index}` },
    ),
  );
  return monitoringCosts(resolveStacks(given));
}

/** Quantities and costs by item, as `least to most`. */
const linesOf = ({ lines }: MonitoringCosts): Readonly<Record<string, readonly [string, string]>> =>
  Object.fromEntries(
    lines.map(({ item, quantity, cost }) => [
      item,
      [`${quantity.least} to ${quantity.most}`, `${cost.least} to ${cost.most}`] as const,
    ]),
  );

const queryOn = (Expression: string): TemplateResource =>
  resource('AWS::CloudWatch::Alarm', { AlarmName: 'query', Metrics: [{ Id: 'q', Expression, Period: 60 }] });
const stat = (Id: string): Json => ({
  Id,
  MetricStat: { Metric: { Namespace: 'A', MetricName: Id }, Period: 60, Stat: 'Sum' },
});
const fn = (
  account: number,
  name: string,
  dimensions?: Readonly<Record<string, string | undefined>>,
): TemplateResource =>
  resource('AWS::Lambda::Function', {
    FunctionName: name,
    ...(name === 'probe' ? { MemorySize: 512, Architectures: ['arm64'] } : {}),
    Code: { ZipFile: '' },
    Role: `arn:aws:iam::11111111111${account}:role/count`,
    ...(dimensions && {
      Environment: { Variables: { ...emittedEnvironment({ metrics: { Late: 'Count', Old: 'Count' }, dimensions }) } },
    }),
  });
const schedule = (account: number, name: string, rate: string, input: JsonObject = {}): TemplateResource =>
  resource('AWS::Scheduler::Schedule', {
    Name: name,
    ScheduleExpression: rate,
    Target: {
      Arn: `arn:aws:lambda:eu-west-1:11111111111${account}:function:${name}`,
      RoleArn: 'x',
      Input: JSON.stringify(input),
    },
  });

const probe = (account: number, ...tenants: readonly string[]): Readonly<Record<string, TemplateResource>> => ({
  Probe: fn(account, 'probe', { Tenant: undefined }),
  Schedule: schedule(account, 'probe', 'rate(5 minutes)', { workflows: tenants.map((tenant) => ({ tenant })) }),
});

describe('what watching costs', () => {
  test('is nothing where nothing watches', () => {
    expect(costsOf({ Queue: resource('AWS::SQS::Queue') })).toMatchObject({ lines: [], total: { least: 0, most: 0 } });
  });

  test('grows with the metrics of alarms, and not with their expressions', () => {
    const costs = costsOf({
      One: resource('AWS::CloudWatch::Alarm', { AlarmName: 'one', Namespace: 'A', MetricName: 'B' }),
      Math: resource('AWS::CloudWatch::Alarm', {
        AlarmName: 'math',
        Metrics: [stat('a'), stat('b'), { Id: 'e', Expression: '100 * a / b' }],
      }),
      Both: resource('AWS::CloudWatch::CompositeAlarm', { AlarmName: 'both', AlarmRule: 'TRUE' }),
    });
    expect(linesOf(costs)).toEqual({
      'metrics of alarms': ['3 to 3', '0.3 to 0.3'],
      'composite alarms': ['1 to 1', '0.5 to 0.5'],
    });
  });

  test.each([
    [
      'of accounts: those with functions, and those with a probe always',
      'SELECT SUM(Errors) FROM SCHEMA("AWS/Lambda") GROUP BY AWS.AccountId',
      '2 to 3',
    ],
    [
      'of accounts: those with state machines',
      'SELECT MAX(OpenExecutionCount) FROM SCHEMA("AWS/States") GROUP BY AWS.AccountId',
      '0 to 1',
    ],
    ['of each function', 'SELECT SUM(Errors) FROM SCHEMA("AWS/Lambda", FunctionName) GROUP BY FunctionName', '0 to 4'],
    ['of accounts and of functions without a schema', 'SELECT SUM(Errors) FROM "AWS/Lambda"', '2 to 7'],
    ['of each tenant of each probe', 'SELECT MAX(Late) FROM SCHEMA("Crosswind", Tenant) GROUP BY Tenant', '0 to 3'],
  ])('grows with what a query analyzes: metrics %s', (_, query, quantity) => {
    const costs = costsOf(
      { Query: queryOn(query) },
      { ...probe(1, 'orders', 'bills', 'orders'), Other: fn(1, 'other') },
      probe(2, 'orders'),
      {
        Third: fn(3, 'third'),
        Machine: resource('AWS::StepFunctions::StateMachine', {
          StateMachineName: 'm',
          RoleArn: 'x',
          DefinitionString: '{}',
        }),
      },
    );
    expect(linesOf(costs)['metrics that alarms on queries analyze']?.[0]).toBe(quantity);
  });

  test('grows with rounds of probes, their memory and their log lines', () => {
    const costs = costsOf(probe(0, 'orders'), { Fn: fn(1, 'hourly'), Schedule: schedule(1, 'hourly', 'rate(1 hour)') });
    expect(linesOf(costs)).toMatchObject({
      requests: ['9360 to 9360', '0.0019 to 0.0019'],
      'duration, arm64': ['4320 to 4320', '0.0576 to 0.0576'],
      'duration, x86': ['90 to 90', '0.0015 to 0.0015'],
      invocations: ['9360 to 9360', '0.0094 to 0.0094'],
      'log lines': ['0.0094 to 0.0094', '0.0047 to 0.0047'],
    });
    expect(costs.accounts).toBe(2);
  });

  test('grows with own metrics, if they have data in every hour: one for each name and set of values', () => {
    const costs = costsOf({ Fn: fn(0, 'count', { Tenant: 'orders', Wave: 'dev' }) }, probe(1, 'orders', 'bills'));
    expect(linesOf(costs)['own metrics']).toEqual(['0 to 6', '0 to 1.8']);
  });

  test('grows with keys of the topics that alarms notify, and with no other', () => {
    const topic = resource('AWS::SNS::Topic', { TopicName: 'page' });
    const alarm = resource('AWS::CloudWatch::Alarm', {
      ...{ AlarmName: 'one', Namespace: 'A', MetricName: 'B' },
      AlarmActions: ['arn:aws:sns:eu-west-1:111111111110:page'],
    });
    const key = resource('AWS::KMS::Key');
    const costs = costsOf({ Topic: topic, Alarm: alarm, Key: key }, { Other: key });
    expect(linesOf(costs)['keys']).toEqual(['1 to 1', '1 to 1']);
  });

  test('has the free tier apart: ten metrics, and three dashboards of at most 50 metrics', () => {
    const dashboard = (metrics: number) =>
      resource('AWS::CloudWatch::Dashboard', {
        DashboardName: `of-${metrics}`,
        DashboardBody: JSON.stringify({
          widgets: [{ properties: { metrics: Array.from({ length: metrics }, () => ['AWS/Lambda', 'Errors']) } }],
        }),
      });
    const alarm = resource('AWS::CloudWatch::Alarm', {
      AlarmName: 'one',
      Metrics: Array.from({ length: 12 }, (_, index) => stat(`m${index}`)),
    });
    const costs = costsOf({ Small: dashboard(50), Large: dashboard(51), Alarm: alarm });
    expect([costs.total, costs.free]).toEqual([
      { least: 7.2, most: 7.2 },
      { least: 4, most: 4 },
    ]);
  });
});
