import { describe, expect, test } from 'vitest';
import { listOf, objectOf, textOf } from '@crosswind/aws/json';
import { dashboardIsValid } from '../../../policies/rules/dashboard-is-valid.ts';
import { evidenceOf } from '../../../policies/evidence/evidence.ts';
import { layoutSketch, placedWidgets } from '../../../policies/dashboards/layout.ts';
import { alarmsNotDrawn, bodyOf, dashboardsOf, metricTexts } from '../../../test/policies/dashboards-of.ts';
import { synthesized } from './platform.ts';

const { assembled, stacks } = synthesized();
const dashboards = new Map(dashboardsOf(stacks).map((found) => [found.resource.name, found]));

function dashboardNamed(name: string) {
  const found = dashboards.get(name);
  if (!found) throw new Error(`no dashboard ${name}`);
  return found;
}

/** Metrics of a dashboard, each kind once: without accounts, and with dimensions without their values. */
const kinds = (name: string): readonly string[] =>
  [
    ...new Set(
      metricTexts(dashboardNamed(name)).map((text) => text.replace(/ in \S+ \S+$/, '').replaceAll(/=\S+/g, '')),
    ),
  ].sort();

/** Metrics that feed a dashboard. A game day must feed each of them. */
const fed = {
  'crosswind-fleet': [
    'AWS/Lambda ClaimedAccountConcurrency',
    'AWS/Lambda Errors',
    'AWS/Lambda Throttles',
    'AWS/States ApproximateMapRunBacklogSize',
    'AWS/States ApproximateOpenMapRunCount',
    'AWS/States ConsumedCapacity ServiceMetric',
    'AWS/States ExecutionsAborted StateMachineArn',
    'AWS/States ExecutionsFailed StateMachineArn',
    'AWS/States ExecutionsStarted StateMachineArn',
    'AWS/States ExecutionsSucceeded StateMachineArn',
    'AWS/States ExecutionsTimedOut StateMachineArn',
    'AWS/States ThrottledEvents APIName',
    'AWS/States ThrottledEvents ServiceMetric',
    'Crosswind OldestRunningShare Tenant',
    'Crosswind ProbeIncomplete Tenant',
    'Crosswind StuckParents Tenant',
  ],
  'crosswind-wind-speed': [
    'AWS/Lambda ClaimedAccountConcurrency',
    'AWS/Lambda Duration FunctionName',
    'AWS/Lambda Invocations FunctionName',
    'AWS/States ApproximateMapRunBacklogSize',
    'AWS/States ApproximateOpenMapRunCount',
    'AWS/States ConsumedCapacity ServiceMetric',
    'AWS/States ExecutionThrottled StateMachineArn',
    'AWS/States ExecutionTime StateMachineArn',
    'AWS/States ExecutionsAborted StateMachineArn',
    'AWS/States ExecutionsFailed StateMachineArn',
    'AWS/States ExecutionsStarted StateMachineArn',
    'AWS/States ExecutionsSucceeded StateMachineArn',
    'AWS/States ExecutionsTimedOut StateMachineArn',
    'AWS/States OpenMapRunLimit',
    'AWS/States ProvisionedBucketSize ServiceMetric',
    'AWS/States ProvisionedRefillRate ServiceMetric',
    'AWS/States ThrottledEvents ServiceMetric',
    'Crosswind BatchDuration Tenant Wave',
    'Crosswind Bytes Tenant Wave',
    'Crosswind EmptyRuns Tenant Wave',
    'Crosswind FailedObjects Tenant Wave',
    'Crosswind FailedShare Tenant Wave',
    'Crosswind FastPathShare Tenant Wave',
    'Crosswind Objects Tenant Wave',
  ],
} as const;

describe('the dashboards of wind-speed', () => {
  test('are valid', () => {
    expect([...dashboards.keys()].sort()).toEqual(Object.keys(fed));
    expect(dashboardIsValid.check(evidenceOf(assembled, { runbooks: [] }))).toEqual([]);
  });

  test.each(Object.entries(fed))('%s shows these metrics and no other', (name, metrics) => {
    expect(kinds(name)).toEqual(metrics);
  });

  test('draw the threshold of every alarm', () => {
    expect(alarmsNotDrawn(stacks)).toEqual([]);
  });

  test('show what the functions count, in both waves', () => {
    const own = metricTexts(dashboardNamed('crosswind-wind-speed')).filter((text) =>
      text.startsWith('Crosswind Bytes'),
    );
    expect(own).toEqual([
      'Crosswind Bytes Tenant=wind-speed Wave=dev in 444444444444 us-east-1',
      'Crosswind Bytes Tenant=wind-speed Wave=prod in 666666666666 us-east-1',
    ]);
    const share = listOf(bodyOf(dashboardNamed('crosswind-wind-speed').resource)['widgets'])
      .map((widget) => objectOf(objectOf(widget)['properties']))
      .find(({ title }) => title === 'fast path, percent of objects');
    const statistics = listOf(share?.['metrics']).map((row) => objectOf(listOf(row).at(-1))['stat'] ?? 'Average');
    expect(statistics).toEqual(['Average', 'Minimum']);
  });

  test('link the runbooks of the workload', () => {
    const [first] = listOf(bodyOf(dashboardNamed('crosswind-wind-speed').resource)['widgets']);
    expect(textOf(objectOf(objectOf(first)['properties'])['markdown'])).toContain(
      '[objects-failing](https://github.com/example-org/platform/blob/main/services/wind-speed/runbooks/objects-failing.md)',
    );
  });

  test('begin with what to look at, then alarms, then freshness', () => {
    const widgets = placedWidgets(bodyOf(dashboardNamed('crosswind-wind-speed').resource));
    expect(layoutSketch(widgets.slice(0, 7))).toMatchInlineSnapshot(`
      "y 0   x 0  24 x 9  text   # wind-speed: what to look at first
      y 9   x 0  24 x 8  alarm  Alarms of wind-speed
      y 17  x 0  24 x 4  alarm  Alarms that watch all accounts: open one to see which account or tenant is concerned
      y 21  x 0  12 x 5  metric Hours since a run succeeded
      y 21  x 12 12 x 5  metric Hours since a run started
      y 26  x 0  12 x 6  metric wind-speed parent (dev): executions
      y 26  x 12 6 x 6   metric wind-speed parent (dev): time"
    `);
  });
});
