import { describe, expect, onTestFinished, test } from 'vitest';
import type { JsonObject } from '@crosswind/aws/json';
import { openSandbox } from '@crosswind/sandbox/sandbox';
import { stacksOf } from '@crosswind/sandbox/testing/literals';
import { Refused } from '@crosswind/console/server/handlers';
import { metricAnswers } from '../../../cli/console/answers/metric-answers.ts';
import { metricsHandler } from '../../../cli/console/answers/metrics.ts';
import { alarmProperties, widgetRequests } from '../../../cli/console/answers/widget-queries.ts';
import { alarmsReader } from '../../../cli/console/sections/alarms.ts';
import { dashboardsReader } from '../../../cli/console/sections/dashboards.ts';
import { contextOf } from './console-context.ts';

const account = '444444444444';
const from = Date.UTC(2026, 10, 27, 5);
const hour = 3_600_000;
const range = { from, to: from + hour, region: 'us-east-1', keepsPeriods: false };

describe('the request of a widget', () => {
  const queriesOf = (properties: Parameters<typeof widgetRequests>[0]['properties'], more = {}) =>
    widgetRequests({ ...range, properties, ...more }).requests.flatMap(
      ({ request }) => request['MetricDataQueries'] as unknown as readonly Record<string, unknown>[],
    );

  test('has each metric with what its row, the row before, or the widget says', () => {
    const metrics = [
      ['AWS/States', 'ExecutionsStarted', 'StateMachineArn', 'arn:a', { stat: 'Sum', accountId: account, id: 'm1' }],
      ['.', 'ExecutionsFailed', '.', 'arn:b', { period: 60, visible: false, label: 'failed' }],
      [{ expression: 'm1 / 2', id: 'e1' }],
    ];
    expect(queriesOf({ metrics, stat: 'Maximum', period: 120 })).toEqual([
      {
        ...{ Id: 'm1', ReturnData: true, AccountId: account },
        MetricStat: {
          Metric: {
            ...{ Namespace: 'AWS/States', MetricName: 'ExecutionsStarted' },
            Dimensions: [{ Name: 'StateMachineArn', Value: 'arn:a' }],
          },
          ...{ Period: 120, Stat: 'Sum' },
        },
      },
      {
        ...{ Id: 'row1', ReturnData: false, Label: 'failed' },
        MetricStat: {
          Metric: {
            ...{ Namespace: 'AWS/States', MetricName: 'ExecutionsFailed' },
            Dimensions: [{ Name: 'StateMachineArn', Value: 'arn:b' }],
          },
          ...{ Period: 60, Stat: 'Maximum' },
        },
      },
      { Id: 'e1', ReturnData: true, Expression: 'm1 / 2', Period: 120 },
    ]);
  });

  test("has CloudWatch's defaults, and an id that no row has", () => {
    const metrics = [
      ['A', 'b'],
      ['A', 'c', { id: 'row0' }],
    ];
    expect(queriesOf({ metrics })).toMatchObject([
      { Id: 'row0_', MetricStat: { Period: 300, Stat: 'Average' } },
      { Id: 'row0' },
    ]);
  });

  test('is one for each Region', () => {
    const metrics = [
      ['A', 'b'],
      ['A', 'b', { region: 'eu-west-1' }],
      ['A', 'c'],
    ];
    const { requests } = widgetRequests({ ...range, properties: { metrics } });
    expect(requests.map(({ region, rows }) => [region, [...rows.values()].map(({ row }) => row)])).toEqual([
      ['us-east-1', [0, 2]],
      ['eu-west-1', [1]],
    ]);
  });

  test('begins with a full period of its longest line', () => {
    const metrics = [
      ['A', 'b', { period: 60 }],
      ['A', 'b', { period: 3_600 }],
    ];
    const asked = widgetRequests({ ...range, from: from + 17 * 60_000, properties: { metrics } });
    expect(asked.from).toBe(from);
    expect(asked.requests[0]?.request['StartTime']).toBe(from / 1_000);
  });

  test.each([
    [12 * hour, 60, 60],
    [13 * hour, 60, 300],
    [7 * 24 * hour, 60, 900],
    [7 * 24 * hour, 300, 900],
    [365 * 24 * hour, 60, 86_400],
  ])('of %i ms with periods of %i s has periods of %i s', (length, period, expected) => {
    const properties = { metrics: [['A', 'b', { period }]] };
    const periods = queriesOf(properties, { to: from + length }).map((query) => query['MetricStat']);
    expect(periods).toMatchObject([{ Period: expected }]);
    expect(queriesOf(properties, { to: from + length, keepsPeriods: true })).toMatchObject([
      { MetricStat: { Period: period } },
    ]);
  });

  test('has the range as its period if the widget wants that', () => {
    const properties = { metrics: [['A', 'b', { period: 60 }]], setPeriodToTimeRange: true };
    expect(queriesOf(properties)).toMatchObject([{ MetricStat: { Period: 3_600 } }]);
  });

  test('of an alarm has its metric, or all of its queries', () => {
    const dimensions = { Dimensions: [{ Name: 'Tenant', Value: 'a' }] };
    const single = { Namespace: 'A', MetricName: 'b', ...dimensions, Statistic: 'Sum', Period: 60 };
    expect(queriesOf(alarmProperties(single, 'us-east-1'))).toMatchObject([
      { MetricStat: { Metric: { Namespace: 'A', MetricName: 'b', ...dimensions }, Period: 60, Stat: 'Sum' } },
    ]);
    const Metrics: readonly JsonObject[] = [
      { Id: 'e1', Expression: 'm1 * 2', Label: 'twice', ReturnData: true },
      {
        Id: 'm1',
        ReturnData: false,
        MetricStat: { Metric: { Namespace: 'A', MetricName: 'b' }, Period: 60, Stat: 'Sum' },
      },
    ];
    expect(queriesOf(alarmProperties({ Metrics }, 'us-east-1'))).toMatchObject([
      { Id: 'e1', Expression: 'm1 * 2', Label: 'twice', ReturnData: true },
      { Id: 'm1', ReturnData: false, MetricStat: { Stat: 'Sum', Period: 60 } },
    ]);
  });
});

/** A sandbox with a dashboard of one metric and its alarm, and three values of the metric. */
async function watched() {
  const sandbox = await openSandbox({ startAt: from });
  onTestFinished(() => sandbox.close());
  const alarmArn = `arn:aws:cloudwatch:us-east-1:${account}:alarm:many`;
  const widgets: readonly JsonObject[] = [
    { type: 'metric', properties: { region: 'us-east-1', metrics: [['Own', 'Count', { stat: 'Sum', period: 60 }]] } },
    { type: 'text', properties: { markdown: 'a' } },
    { type: 'metric', properties: { region: 'us-east-1', annotations: { alarms: [alarmArn] } } },
    { type: 'metric', properties: { region: 'us-east-1', metrics: [[{ expression: 'NOTHING(1)' }]] } },
    { type: 'metric', properties: { region: 'us-east-1', annotations: { alarms: ['arn:of:nothing'] } } },
  ];
  const { observability, cloudWatch } = sandbox;
  const dashboard = { name: 'own', account, region: 'us-east-1', createdAt: from };
  observability.dashboards = [{ ...dashboard, properties: { widgets } }];
  const put = (value: number): void => {
    const metric = { namespace: 'Own', name: 'Count', dimensions: {} };
    cloudWatch.metrics.put({ account, region: 'us-east-1' }, metric, 'Count', value, sandbox.simulation.now());
  };
  return { sandbox, put, dashboard, widgets };
}

const asked = (widget: number, more = {}) => ({
  ...{ account, dashboard: 'own', widget, from, to: from + hour },
  ...more,
});

describe('a question for the values of a widget', () => {
  test('is answered with places of periods, unit and label, and a gap where nothing was', async () => {
    const { sandbox, put } = await watched();
    put(4);
    await sandbox.settle(2);
    put(5);
    expect(await metricsHandler({ sandbox })(asked(0))).toEqual({
      ...{ from, to: from + hour, problem: null },
      lines: [
        {
          ...{ row: 0, label: 'Count', periodSeconds: 60, unit: 'Count', status: 'Complete' },
          ...{ places: [0, 2], values: [4, 5] },
        },
      ],
    });
  });

  test('is answered with the reason if CloudWatch refuses it', async () => {
    const { sandbox } = await watched();
    expect(await metricsHandler({ sandbox })(asked(3))).toMatchObject({
      lines: [],
      problem: expect.stringContaining('does not know the function NOTHING') as string,
    });
  });

  test.each([
    [asked(1), 'widget 1 of the dashboard own shows no metrics'],
    [asked(9), 'widget 9 of the dashboard own shows no metrics'],
    [asked(4), 'there is no alarm arn:of:nothing in account 444444444444'],
    [asked(0, { dashboard: '__proto__' }), 'there is no dashboard __proto__ in account 444444444444'],
    [asked(0, { account: '555555555555' }), 'there is no dashboard own in account 555555555555'],
    [asked(0, { to: from }), 'expected from before to'],
    [asked(0, { widget: '0' }), 'widget: '],
    [null, 'the whole: '],
    [asked(0, { more: 1 }), 'the whole: '],
  ])('is refused if it is wrong: %j', async (question, problem) => {
    const { sandbox } = await watched();
    const answer = async (): Promise<unknown> => metricsHandler({ sandbox })(question);
    await expect(answer()).rejects.toThrow(problem);
    await expect(answer()).rejects.toThrow(Refused);
  });
});

describe('the sections of dashboards and alarms', () => {
  test('are the same objects while nothing has changed', async () => {
    const { sandbox, put, dashboard, widgets } = await watched();
    const context = contextOf(sandbox, []);
    const [dashboards, alarms] = [dashboardsReader(context), alarmsReader(context)];
    const first = await dashboards();
    expect(first).toEqual([{ ...dashboard, body: { widgets } }]);
    put(1);
    await sandbox.settle(1);
    expect(await dashboards()).toBe(first);
    expect(await alarms()).toBe(await alarms());
    sandbox.observability.dashboards = [{ ...dashboard, createdAt: from + hour, properties: { widgets: [] } }];
    expect(await dashboards()).toEqual([{ ...dashboard, body: { widgets: [] } }]);
  });
});

test('an alarm has the data points that decided it, and a widget that annotates it shows its metric', async () => {
  const { sandbox, put, dashboard, widgets } = await watched();
  const Properties = {
    ...{ AlarmName: 'many', Namespace: 'Own', MetricName: 'Count', Statistic: 'Sum', Period: 60, Threshold: 3 },
    ...{ EvaluationPeriods: 1, ComparisonOperator: 'GreaterThanThreshold', TreatMissingData: 'notBreaching' },
  };
  const [stack] = stacksOf({ account, resources: { Many: { Type: 'AWS::CloudWatch::Alarm', Properties } } });
  if (stack) await sandbox.deploy(stack);
  sandbox.observability.dashboards = [{ ...dashboard, properties: { widgets } }];
  const read = alarmsReader(contextOf(sandbox, []));
  await sandbox.settle(3);
  const at = sandbox.simulation.now();
  put(4);
  await sandbox.settle(2);
  const [alarm] = await read();
  expect(alarm).toMatchObject({
    ...{ name: 'many', account, watches: [account], createdAt: from },
    rule: { metric: 'Own Count, Sum', periodSeconds: 60, threshold: 3, missing: 'notBreaching' },
    history: [
      { kind: 'created', at: from },
      { kind: 'state', to: 'OK', points: [] },
      { kind: 'state', to: 'ALARM', points: [[at, 4]], reason: expect.stringContaining('Threshold Crossed') as string },
    ],
  });
  expect(await read()).toHaveLength(1);
  expect(await metricsHandler({ sandbox })(asked(2))).toMatchObject({ lines: [{ label: 'Count', values: [4] }] });
});

test('a file contains the values of every widget with metrics', async () => {
  const { sandbox, dashboard } = await watched();
  const widgets: readonly JsonObject[] = [
    { type: 'text', properties: {} },
    { type: 'metric', properties: { metrics: [['A', 'b']] } },
  ];
  sandbox.observability.dashboards = [{ ...dashboard, properties: { widgets } }];
  const answers = metricAnswers(sandbox, from, from + hour);
  expect(answers.map(({ kind, question }) => [kind, JSON.parse(question) as object])).toEqual([
    ['metrics', { account, dashboard: 'own', widget: 1, from: from - 300_000, to: from + hour }],
  ]);
});
