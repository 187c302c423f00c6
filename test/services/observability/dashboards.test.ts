import { describe, expect, test } from 'vitest';
import { type Json, type JsonObject, isObject, listOf, objectOf, textOf } from '../../../assembly/template.ts';
import { stackAt, synthesized } from '../../synthesized.ts';

interface Graphed {
  readonly name: string;
  readonly account: string;
  readonly region: string;
  /** Value of the last dimension, if there is one. */
  readonly of: string | undefined;
}

const { resources } = stackAt(synthesized().stacks, 'Crosswind/observability/Observability');
const dashboards = resources.filter(({ type }) => type === 'AWS::CloudWatch::Dashboard');
const workloadAccounts = ['333333333333', '444444444444', '555555555555', '666666666666'];
const machines = [
  'arn:aws:states:us-east-1:333333333333:stateMachine:crosswind-wind-speed-parent',
  'arn:aws:states:us-east-1:444444444444:stateMachine:crosswind-wind-speed-child',
  'arn:aws:states:us-east-1:555555555555:stateMachine:crosswind-wind-speed-parent',
  'arn:aws:states:us-east-1:666666666666:stateMachine:crosswind-wind-speed-child',
];

function widgetsOf(dashboard: string): readonly JsonObject[] {
  const found = dashboards.find(({ name }) => name === dashboard);
  if (!found) throw new Error(`no dashboard ${dashboard}`);
  const body = JSON.parse(textOf(found.properties['DashboardBody'])) as JsonObject;
  return listOf(body['widgets']).filter(isObject);
}

const graphedOn = (dashboard: string): readonly Graphed[] =>
  widgetsOf(dashboard)
    .flatMap(({ properties }) => listOf(objectOf(properties)['metrics']))
    .map((metric) => graphed(listOf(metric)));

function graphed(metric: readonly Json[]): Graphed {
  const { accountId, region } = objectOf(metric.at(-1));
  const names = metric.slice(0, -1).map(textOf);
  return { name: names[1] ?? '', account: textOf(accountId), region: textOf(region), of: names.slice(2).at(-1) };
}

const accountMetrics = [
  'ApproximateOpenMapRunCount',
  'OpenMapRunLimit',
  'ApproximateMapRunBacklogSize',
  'ConsumedCapacity',
  'ProvisionedRefillRate',
  'ProvisionedBucketSize',
  'ThrottledEvents',
];
const executionMetrics = [
  'ExecutionsStarted',
  'ExecutionsSucceeded',
  'ExecutionsFailed',
  'ExecutionsTimedOut',
  'ExecutionsAborted',
  'ExecutionThrottled',
  'ExecutionTime',
];

test('there is one dashboard for the fleet and one for each tenant', () => {
  expect(dashboards.map(({ name }) => name)).toEqual(['crosswind-fleet', 'crosswind-wind-speed']);
});

describe.each(['crosswind-fleet', 'crosswind-wind-speed'])('the dashboard %s', (dashboard) => {
  test.each(accountMetrics)('shows %s of every account in which workflows run', (name) => {
    const accounts = graphedOn(dashboard).filter((metric) => metric.name === name);
    expect(accounts.map(({ account }) => account)).toEqual(workloadAccounts);
  });

  test('reads everything in the region of the platform', () => {
    expect(new Set(graphedOn(dashboard).map(({ region }) => region))).toEqual(new Set(['us-east-1']));
    const regions = widgetsOf(dashboard).flatMap(({ properties }) => objectOf(properties)['region'] ?? []);
    expect(new Set(regions)).toEqual(new Set(['us-east-1']));
  });

  test('has a heading for each account', () => {
    const headings = widgetsOf(dashboard).flatMap(({ properties }) => objectOf(properties)['markdown'] ?? []);
    expect(headings).toEqual(['## wind-parent-dev', '## wind-child-dev', '## wind-parent-prod', '## wind-child-prod']);
  });
});

describe("a tenant's dashboard", () => {
  test.each(executionMetrics)('shows %s of both workflows in every wave', (name) => {
    const shown = graphedOn('crosswind-wind-speed').filter((metric) => metric.name === name);
    expect(shown.map(({ of }) => of)).toEqual(machines);
    expect(shown.map(({ account }) => account)).toEqual(workloadAccounts);
  });

  test('names tenant, half and wave over each graph', () => {
    const titles = widgetsOf('crosswind-wind-speed').map(({ properties }) => textOf(objectOf(properties)['title']));
    expect(titles.filter((title) => title.endsWith(': executions'))).toEqual([
      'wind-speed parent (dev): executions',
      'wind-speed child (dev): executions',
      'wind-speed parent (prod): executions',
      'wind-speed child (prod): executions',
    ]);
  });
});
