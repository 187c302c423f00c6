import { describe, expect, test } from 'vitest';
import { type Json, type JsonObject, listOf, objectOf, textOf } from '@crosswind/aws/json';
import { limits } from '@crosswind/aws/quotas';
import { fleetDashboard } from '../../../blocks/observability/fleet-dashboard.ts';
import { stackWith } from '../../synthesized.ts';

function widgetsFor(...regions: readonly string[]): readonly JsonObject[] {
  const { stack } = stackWith((scope) => {
    fleetDashboard(scope, 'Fleet', 'crosswind-fleet', { regions, branchUrl: 'https://example.com/blob/main' });
  });
  const body = JSON.parse(textOf(stack.resources[0]?.properties['DashboardBody'])) as JsonObject;
  return listOf(body['widgets']).map((widget) => objectOf(objectOf(widget)['properties']));
}

const graphs = widgetsFor('us-east-1').filter(({ metrics }) => metrics !== undefined);

const rowsOf = ({ metrics }: JsonObject): readonly JsonObject[] =>
  listOf(metrics).map((row) => objectOf(listOf(row)[0]));
const queriesOf = (graph: JsonObject): readonly JsonObject[] =>
  rowsOf(graph).filter(({ expression }) => textOf(expression).startsWith('SELECT'));
const titles = (widgets: readonly JsonObject[]): readonly Json[] => widgets.flatMap(({ title }) => title ?? []);
const titled = (title: string): JsonObject => graphs.find((widget) => widget['title'] === title) ?? {};

const byAccount = 'GROUP BY AWS.AccountId ORDER BY';
const byTenant = 'GROUP BY AWS.AccountId, Tenant ORDER BY';
const ofBucket = `SCHEMA("AWS/States", ServiceMetric) WHERE ServiceMetric = 'StateTransition'`;
const ofPolling = `SCHEMA("AWS/States", APIName) WHERE APIName = 'DescribeExecution'`;
const counted = (metric: string): string =>
  `SUM(${metric}) FROM SCHEMA("AWS/States", StateMachineArn) GROUP BY StateMachineArn ORDER BY SUM()`;

describe('the dashboard of the fleet', () => {
  test.each([
    ['Hours since a run succeeded', 3_600, `${counted('ExecutionsSucceeded')} ASC LIMIT 500`],
    ['Hours since a run started', 3_600, `${counted('ExecutionsStarted')} ASC LIMIT 500`],
    [
      'Executions that wait for something that has ended',
      300,
      `MAX(StuckParents) FROM SCHEMA("Crosswind", Tenant) ${byTenant} MAX() DESC LIMIT 10`,
    ],
    [
      'Oldest execution, percent of its timeout',
      300,
      `MAX(OldestRunningShare) FROM SCHEMA("Crosswind", Tenant) ${byTenant} MAX() DESC LIMIT 10`,
    ],
    [
      'Rounds of a probe that did not see everything',
      300,
      `SUM(ProbeIncomplete) FROM SCHEMA("Crosswind", Tenant) ${byTenant} SUM() DESC LIMIT 10`,
    ],
    [
      'Open Map Runs, of 1,000',
      60,
      `MAX(ApproximateOpenMapRunCount) FROM SCHEMA("AWS/States") ${byAccount} MAX() DESC LIMIT 10`,
    ],
    [
      'Map Runs in the backlog',
      60,
      `MAX(ApproximateMapRunBacklogSize) FROM SCHEMA("AWS/States") ${byAccount} MAX() DESC LIMIT 10`,
    ],
    ['Throttled state transitions', 60, `SUM(ThrottledEvents) FROM ${ofBucket} ${byAccount} SUM() DESC LIMIT 10`],
    ['Throttled DescribeExecution', 60, `SUM(ThrottledEvents) FROM ${ofPolling} ${byAccount} SUM() DESC LIMIT 10`],
    ['Throttled invocations', 300, `SUM(Throttles) FROM SCHEMA("AWS/Lambda") ${byAccount} SUM() DESC LIMIT 10`],
    ['Invocations that failed', 300, `SUM(Errors) FROM SCHEMA("AWS/Lambda") ${byAccount} SUM() DESC LIMIT 10`],
    [
      'State transitions, percent of the default 5000 a second',
      60,
      `SUM(ConsumedCapacity) FROM ${ofBucket} ${byAccount} SUM() DESC LIMIT 10`,
    ],
    [
      'Concurrent invocations, with what is reserved',
      60,
      `MAX(ClaimedAccountConcurrency) FROM SCHEMA("AWS/Lambda") ${byAccount} MAX() DESC LIMIT 10`,
    ],
    ['Executions started', 300, `${counted('ExecutionsStarted')} DESC LIMIT 10`],
    ['Executions that failed', 300, `${counted('ExecutionsFailed')} DESC LIMIT 10`],
    ['Executions that timed out', 300, `${counted('ExecutionsTimedOut')} DESC LIMIT 10`],
    ['Executions that were aborted', 300, `${counted('ExecutionsAborted')} DESC LIMIT 10`],
  ])('has "%s" in one query', (title, seconds, query) => {
    const queries = queriesOf(titled(title));
    // A period of five minutes is that of the graph, which CloudWatch takes by itself.
    expect(queries.map(({ expression, period = 300 }) => ({ expression, period }))).toEqual([
      { expression: `SELECT ${query}`, period: seconds },
    ]);
  });

  test('has nothing else, and leaves each line the name of its group', () => {
    expect(titles(graphs)).toHaveLength(17);
    for (const { label, visible } of graphs.flatMap(queriesOf)) expect([label, visible]).toContain('${LABEL}');
  });

  test('has a query in each widget at most, which is what CloudWatch answers', () => {
    for (const graph of graphs) expect(queriesOf(graph)).toHaveLength(limits.widgetQueries.most);
  });

  test('draws the threshold of each alarm over what it watches, in the color of its severity', () => {
    const drawn = graphs.flatMap(({ title, annotations }) =>
      listOf(objectOf(annotations)['horizontal'])
        .map(objectOf)
        .map(({ label, value, color }) => [title, label, value, color]),
    );
    expect(drawn).toEqual([
      ['Executions that wait for something that has ended', 'page: stuck-parents', 1, '#d62728'],
      ['Oldest execution, percent of its timeout', 'ticket: old-executions', 50, '#ff7f0e'],
      ['Rounds of a probe that did not see everything', 'ticket: probe-incomplete', 1, '#ff7f0e'],
      ['Open Map Runs, of 1,000', 'ticket: open-map-runs', 900, '#ff7f0e'],
      ['Map Runs in the backlog', 'ticket: map-run-backlog', 1, '#ff7f0e'],
      ['Throttled state transitions', 'ticket: transitions-throttled', 1, '#ff7f0e'],
      ['Throttled DescribeExecution', 'ticket: describe-throttled', 1, '#ff7f0e'],
      ['Throttled invocations', 'ticket: lambda-throttles', 1, '#ff7f0e'],
      ['Invocations that failed', 'ticket: lambda-errors', 1, '#ff7f0e'],
      ['State transitions, percent of the default 5000 a second', 'ticket: transitions-used', 80, '#ff7f0e'],
    ]);
  });

  test('counts transitions against the default quota of the region', () => {
    const shares = widgetsFor('us-east-1', 'eu-north-1')
      .flatMap(rowsOf)
      .map(({ expression }) => textOf(expression))
      .filter((expression) => expression.startsWith('100 *'));
    expect(shares).toEqual(['100 * consumed / 300000', '100 * consumed / 48000']);
  });

  test('shows the hours of the stalest workflows over the days that a query reads', () => {
    const { view, start, metrics } = titled('Hours since a run succeeded');
    expect({ view, start }).toEqual({ view: 'singleValue', start: '-P14D' });
    expect(objectOf(listOf(listOf(metrics)[0])[0])['expression']).toMatch(/^SORT\(.*, AVG, DESC, 10\)$/);
  });

  test('begins with what to look at, a runbook for each alarm, and the states of these alarms', () => {
    const [first, states] = widgetsFor('us-east-1', 'eu-north-1');
    expect(first?.['markdown']).toContain(
      '[stuck-parents](https://example.com/blob/main/docs/runbooks/stuck-parents.md)',
    );
    const alarms = listOf(states?.['alarms']).map(textOf);
    expect(alarms).toHaveLength(18);
    expect(alarms[9]).toBe('arn:aws:cloudwatch:eu-north-1:444444444444:alarm:crosswind-fleet-stuck-parents');
  });

  test('grows with regions, and says of which each row is', () => {
    const both = widgetsFor('us-east-1', 'eu-west-1').filter(({ metrics }) => metrics !== undefined);
    expect(titles(both)).toEqual([...titles(graphs), ...titles(graphs)]);
    const headings = widgetsFor('us-east-1', 'eu-west-1').flatMap(({ markdown }) => markdown ?? []);
    expect(headings.slice(1)).toEqual(['## us-east-1', '## eu-west-1']);
    expect([...new Set(both.flatMap(({ region }) => region ?? []))]).toEqual(['us-east-1', 'eu-west-1']);
  });
});
