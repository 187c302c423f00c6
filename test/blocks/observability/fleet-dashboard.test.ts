import { describe, expect, test } from 'vitest';
import { type Json, type JsonObject, listOf, objectOf, textOf } from '@crosswind/aws/json';
import { limits } from '@crosswind/aws/quotas';
import { fleetDashboard } from '../../../blocks/observability/fleet-dashboard.ts';
import { stackWith } from '../../synthesized.ts';

function widgetsFor(...regions: readonly string[]): readonly JsonObject[] {
  const { stack } = stackWith((scope) => {
    fleetDashboard(scope, 'Fleet', 'crosswind-fleet', regions);
  });
  const body = JSON.parse(textOf(stack.resources[0]?.properties['DashboardBody'])) as JsonObject;
  return listOf(body['widgets']).map((widget) => objectOf(objectOf(widget)['properties']));
}

const graphs = widgetsFor('us-east-1').filter(({ metrics }) => metrics !== undefined);

/** The one metric of a graph, as its options. */
const queryOf = ({ metrics }: JsonObject): JsonObject => {
  const [row, ...others] = listOf(metrics);
  expect(others).toEqual([]);
  return objectOf(listOf(row).at(-1));
};

const titles = (widgets: readonly JsonObject[]): readonly Json[] => widgets.flatMap(({ title }) => title ?? []);

describe('the dashboard of the fleet', () => {
  test.each([
    [
      'Open Map Runs, of 1,000',
      60,
      'SELECT MAX(ApproximateOpenMapRunCount) FROM SCHEMA("AWS/States") GROUP BY AWS.AccountId ORDER BY MAX() DESC LIMIT 10',
    ],
    [
      'Map Runs in the backlog',
      60,
      'SELECT MAX(ApproximateMapRunBacklogSize) FROM SCHEMA("AWS/States") GROUP BY AWS.AccountId ORDER BY MAX() DESC LIMIT 10',
    ],
    [
      'State transitions',
      60,
      `SELECT SUM(ConsumedCapacity) FROM SCHEMA("AWS/States", ServiceMetric) WHERE ServiceMetric = 'StateTransition' GROUP BY AWS.AccountId ORDER BY SUM() DESC LIMIT 10`,
    ],
    [
      'Throttled state transitions',
      60,
      `SELECT SUM(ThrottledEvents) FROM SCHEMA("AWS/States", ServiceMetric) WHERE ServiceMetric = 'StateTransition' GROUP BY AWS.AccountId ORDER BY SUM() DESC LIMIT 10`,
    ],
    [
      'Executions started',
      300,
      'SELECT SUM(ExecutionsStarted) FROM SCHEMA("AWS/States", StateMachineArn) GROUP BY StateMachineArn ORDER BY SUM() DESC LIMIT 10',
    ],
    [
      'Executions that failed',
      300,
      'SELECT SUM(ExecutionsFailed) FROM SCHEMA("AWS/States", StateMachineArn) GROUP BY StateMachineArn ORDER BY SUM() DESC LIMIT 10',
    ],
    [
      'Executions that timed out',
      300,
      'SELECT SUM(ExecutionsTimedOut) FROM SCHEMA("AWS/States", StateMachineArn) GROUP BY StateMachineArn ORDER BY SUM() DESC LIMIT 10',
    ],
    [
      'Executions that were aborted',
      300,
      'SELECT SUM(ExecutionsAborted) FROM SCHEMA("AWS/States", StateMachineArn) GROUP BY StateMachineArn ORDER BY SUM() DESC LIMIT 10',
    ],
  ])('has the highest of "%s" in one query', (title, seconds, expression) => {
    const graph = graphs.find((widget) => widget['title'] === title);
    // A period of five minutes is that of the graph, which CloudWatch takes by itself.
    const query = queryOf(graph ?? {});
    expect({ expression: query['expression'], period: query['period'] ?? 300 }).toEqual({
      expression,
      period: seconds,
    });
  });

  test('has nothing else, and leaves each line the name of its group', () => {
    expect(titles(graphs)).toHaveLength(8);
    for (const graph of graphs) expect(queryOf(graph)['label']).toBe('${LABEL}');
  });

  test('has a query in each widget at most, which is what CloudWatch answers', () => {
    for (const graph of graphs) expect(listOf(graph['metrics'])).toHaveLength(limits.widgetQueries.most);
  });

  test('grows with regions, and says of which each row is', () => {
    const both = widgetsFor('us-east-1', 'eu-west-1');
    expect(titles(both)).toEqual([...titles(graphs), ...titles(graphs)]);
    const headings = both.flatMap(({ markdown }) => (markdown === undefined ? [] : [textOf(markdown).split('\n')[0]]));
    expect(headings).toEqual(['## us-east-1: the 10 highest', '## eu-west-1: the 10 highest']);
    expect([...new Set(both.flatMap(({ region }) => region ?? []))]).toEqual(['us-east-1', 'eu-west-1']);
  });
});
