import { describe, expect, test } from 'vitest';
import { type Json, type JsonObject, isObject, listOf, objectOf, textOf } from '@crosswind/aws/json';
import { synthesized } from '../../synthesized.ts';

interface Graphed {
  readonly name: string;
  readonly account: string;
  readonly region: string;
  /** Value of the last dimension, if there is one. */
  readonly of: string | undefined;
}

const dashboards = synthesized()
  .stacks.flatMap(({ resources }) => resources)
  .filter(({ type }) => type === 'AWS::CloudWatch::Dashboard');
const workloadAccounts = ['333333333333', '444444444444', '555555555555', '666666666666'];
const machines = [
  'arn:aws:states:us-east-1:333333333333:stateMachine:crosswind-word-count-parent',
  'arn:aws:states:us-east-1:444444444444:stateMachine:crosswind-word-count-child',
  'arn:aws:states:us-east-1:555555555555:stateMachine:crosswind-word-count-parent',
  'arn:aws:states:us-east-1:666666666666:stateMachine:crosswind-word-count-child',
];

/** Widgets apart from those of freshness, which read metrics of executions in another period. */
const isGraph = (widget: JsonObject): boolean => objectOf(widget['properties'])['view'] !== 'singleValue';

function bodyOf(dashboard: string): JsonObject {
  const found = dashboards.find(({ name }) => name === dashboard);
  if (!found) throw new Error(`no dashboard ${dashboard}`);
  return JSON.parse(textOf(found.properties['DashboardBody'])) as JsonObject;
}

const widgetsOf = (dashboard: string): readonly JsonObject[] => listOf(bodyOf(dashboard)['widgets']).filter(isObject);

/** Metrics that are read, and not computed from others. */
const graphedOn = (dashboard: string): readonly Graphed[] =>
  metricsOf(widgetsOf(dashboard).filter(isGraph))
    .filter((metric) => metric.length > 1)
    .map(graphed);

const metricsOf = (widgets: readonly JsonObject[]): readonly (readonly Json[])[] =>
  widgets.flatMap(({ properties }) => listOf(objectOf(properties)['metrics'])).map(listOf);

/** Seconds of a data point of each line, those included that others are computed from; 300 where the graph decides. */
function periodsOf(dashboard: string, title: string): readonly Json[] {
  const widget = widgetsOf(dashboard).filter(({ properties }) => objectOf(properties)['title'] === title);
  return [...new Set(metricsOf(widget).map((metric) => objectOf(metric.at(-1))['period'] ?? 300))];
}

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
  expect(dashboards.map(({ name }) => name)).toEqual(['crosswind-word-count', 'crosswind-fleet']);
});

describe('the dashboard of a tenant', () => {
  const dashboard = 'crosswind-word-count';

  test.each(accountMetrics)('shows %s of every account in which workflows run', (name) => {
    const accounts = graphedOn(dashboard).filter((metric) => metric.name === name);
    // Those of an alarm are drawn once more, with its threshold.
    expect([...new Set(accounts.map(({ account }) => account))]).toEqual(workloadAccounts);
  });

  test('shows the last 12 hours at first', () => {
    expect(bodyOf(dashboard)['start']).toBe('-PT12H');
  });

  test('reads everything in the region of the platform', () => {
    expect(new Set(graphedOn(dashboard).map(({ region }) => region))).toEqual(new Set(['us-east-1']));
    const regions = widgetsOf(dashboard).flatMap(({ properties }) => objectOf(properties)['region'] ?? []);
    expect(new Set(regions)).toEqual(new Set(['us-east-1']));
  });
});

describe("a tenant's dashboard", () => {
  const dashboard = 'crosswind-word-count';

  test('says at the top what to look at first, with the runbook of each kind of alarm once', () => {
    const [first] = widgetsOf(dashboard);
    const markdown = textOf(objectOf(first?.['properties'])['markdown']);
    expect(markdown.split('\n')[0]).toBe('# word-count: what to look at first');
    const linked = [...markdown.matchAll(/\[([\w-]+)\]\(([^)]+)\)/g)].map(([, id = '', url = '']) => [id, url]);
    const runbooks = 'https://github.com/example-org/platform/blob/main/docs/runbooks';
    expect(linked.slice(0, 4)).toEqual([
      ['failed', `${runbooks}/executions-failed.md`],
      ['timed-out', `${runbooks}/executions-timed-out.md`],
      ['stuck-parents', `${runbooks}/stuck-parents.md`],
      ['aborted', `${runbooks}/executions-aborted.md`],
    ]);
    expect(linked.filter(([id]) => id === 'silent')).toHaveLength(1);
  });

  test('shows the states of its own alarms, then of those that watch all accounts', () => {
    const states = widgetsOf(dashboard)
      .filter(({ type }) => type === 'alarm')
      .map(({ properties }) => listOf(objectOf(properties)['alarms']).map(textOf));
    expect(states.map(({ length }) => length)).toEqual([24, 9]);
    expect(states[0]?.[0]).toBe(
      'arn:aws:cloudwatch:us-east-1:222222222222:alarm:crosswind-word-count-dev-parent-failed',
    );
    expect(states[1]?.[0]).toBe('arn:aws:cloudwatch:us-east-1:222222222222:alarm:crosswind-fleet-stuck-parents');
  });

  test.each([
    ['Hours since a run succeeded', 'ExecutionsSucceeded', 'succeeded'],
    ['Hours since a run started', 'ExecutionsStarted', 'started'],
  ])('shows "%s" of each workflow, over two weeks', (title, name, id) => {
    const found = widgetsOf(dashboard).find(({ properties }) => objectOf(properties)['title'] === title);
    const { view, start, sparkline, metrics } = objectOf(found?.['properties']);
    expect({ view, start, sparkline }).toEqual({ view: 'singleValue', start: '-P14D', sparkline: true });
    const rows = listOf(metrics).map(listOf);
    const hours = rows.filter(({ length }) => length === 1).map(([row]) => objectOf(row));
    expect(hours.map(({ label }) => label)).toEqual(['parent (dev)', 'child (dev)', 'parent (prod)', 'child (prod)']);
    expect(hours[1]?.['expression']).toContain(`EPOCH(${id}1)`);
    const read = rows.filter(({ length }) => length > 1);
    expect(read.map((row) => row[3])).toEqual(machines);
    for (const row of read)
      expect([row[1], objectOf(row.at(-1))]).toEqual([
        name,
        expect.objectContaining({ period: 3_600, stat: 'Sum', visible: false }),
      ]);
  });

  test.each([
    ['word-count parent (dev): executions', 300],
    ['word-count parent (dev): time', 300],
    ['word-parent-dev: open Map Runs', 60],
    ['word-parent-dev: Map Run backlog', 60],
    ['word-parent-dev: state transitions', 60],
    ['word-parent-dev: throttled state transitions', 60],
  ])('has a data point in "%s" every %i seconds', (title, seconds) => {
    expect(periodsOf('crosswind-word-count', title)).toEqual([seconds]);
  });

  test('has a heading for each account', () => {
    const headings = widgetsOf('crosswind-word-count').flatMap(
      ({ properties }) => objectOf(properties)['markdown'] ?? [],
    );
    expect(headings.slice(1)).toEqual([
      '## word-parent-dev',
      '## word-child-dev',
      '## word-parent-prod',
      '## word-child-prod',
    ]);
  });

  test('shows how many state transitions the bucket holds', () => {
    const shown = graphedOn('crosswind-word-count').filter(({ name }) => name === 'ProvisionedBucketSize');
    expect(shown.map(({ account }) => account)).toEqual(workloadAccounts);
  });

  test.each(executionMetrics)('shows %s of both workflows in every wave', (name) => {
    const shown = graphedOn('crosswind-word-count').filter((metric) => metric.name === name);
    expect(shown.map(({ of }) => of)).toEqual(machines);
    expect(shown.map(({ account }) => account)).toEqual(workloadAccounts);
  });

  test('names tenant, half and wave over each graph', () => {
    const titles = widgetsOf('crosswind-word-count').map(({ properties }) => textOf(objectOf(properties)['title']));
    expect(titles.filter((title) => title.endsWith(': executions'))).toEqual([
      'word-count parent (dev): executions',
      'word-count child (dev): executions',
      'word-count parent (prod): executions',
      'word-count child (prod): executions',
    ]);
  });
});
