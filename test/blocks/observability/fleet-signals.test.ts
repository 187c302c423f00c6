import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Severity } from '../../../blocks/observability/observability-names.ts';
import { fleetSignals } from '../../../blocks/observability/fleet-signals.ts';
import { silentSignal } from '../../../blocks/observability/probe-signals.ts';

const ofAccounts = 'GROUP BY AWS.AccountId ORDER BY';
const ofTenants = 'GROUP BY AWS.AccountId, Tenant ORDER BY';

describe('in all accounts of a region is watched', () => {
  test.each([
    [
      'stuck-parents',
      `MAX(StuckParents) FROM SCHEMA("Crosswind", Tenant) ${ofTenants} MAX()`,
      300,
      'at 1 for 2',
      'page',
    ],
    [
      'old-executions',
      `MAX(OldestRunningShare) FROM SCHEMA("Crosswind", Tenant) ${ofTenants} MAX()`,
      300,
      'at 50 for 2',
    ],
    ['probe-incomplete', `SUM(ProbeIncomplete) FROM SCHEMA("Crosswind", Tenant) ${ofTenants} SUM()`, 300, 'at 1 for 3'],
    [
      'open-map-runs',
      `MAX(ApproximateOpenMapRunCount) FROM SCHEMA("AWS/States") ${ofAccounts} MAX()`,
      60,
      'at 900 for 3',
    ],
    [
      'map-run-backlog',
      `MAX(ApproximateMapRunBacklogSize) FROM SCHEMA("AWS/States") ${ofAccounts} MAX()`,
      ...([60, 'at 1 for 5'] as const),
    ],
    [
      'transitions-throttled',
      `SUM(ThrottledEvents) FROM SCHEMA("AWS/States", ServiceMetric) WHERE ServiceMetric = 'StateTransition' ${ofAccounts} SUM()`,
      ...([60, 'at 1 for 3'] as const),
    ],
    [
      'describe-throttled',
      `SUM(ThrottledEvents) FROM SCHEMA("AWS/States", APIName) WHERE APIName = 'DescribeExecution' ${ofAccounts} SUM()`,
      ...([60, 'at 1 for 3'] as const),
    ],
    ['lambda-throttles', `SUM(Throttles) FROM SCHEMA("AWS/Lambda") ${ofAccounts} SUM()`, 300, 'at 1 for 1'],
    ['lambda-errors', `SUM(Errors) FROM SCHEMA("AWS/Lambda") ${ofAccounts} SUM()`, 300, 'at 1 for 3'],
  ] as const)('%s', (id, query, seconds, fires, severity?: Severity) => {
    const signal = fleetSignals.find((each) => each.id === id);
    const { expression, period } = signal?.metric.toMetricConfig().mathExpression ?? {};
    expect(expression).toBe(`SELECT ${query} DESC`);
    expect([period, `at ${signal?.threshold} for ${signal?.periods}`]).toEqual([seconds, fires]);
    // A line that ends goes to OK whatever is said here: silence is never watched so.
    expect([signal?.missingData, signal?.severity]).toEqual(['fine', severity ?? 'ticket']);
  });

  test('nothing that this table does not hold', () => {
    expect(fleetSignals).toHaveLength(9);
  });
});

test('an account is silent when its probe had no round for a quarter of an hour', () => {
  const { metric, ...signal } = silentSignal({ account: '333333333333', region: 'eu-west-1' });
  const { period, ...read } = metric.toMetricConfig().metricStat ?? {};
  expect(signal).toMatchObject({ threshold: 1, fires: 'below', periods: 3, missingData: 'bad', severity: 'ticket' });
  // In 5-minute periods of the clock, and not before the first rounds.
  expect(signal).toMatchObject({ calendar: 'UTC', warmUpMinutes: 30 });
  expect(read).toMatchObject({
    ...{ namespace: 'AWS/Lambda', metricName: 'Invocations', statistic: 'Sum' },
    ...{
      account: '333333333333',
      region: 'eu-west-1',
      dimensions: [{ name: 'FunctionName', value: 'crosswind-probe' }],
    },
  });
  expect(period?.toMinutes()).toBe(5);
});

const runbooks = [...fleetSignals, silentSignal({ account: '333333333333', region: 'eu-west-1' })];
test.each(runbooks.map(({ runbook }) => runbook))(
  'the runbook %s has the five sections that somebody needs',
  (name) => {
    const file = join(import.meta.dirname, '../../../docs/runbooks', `${name}.md`);
    expect(existsSync(file)).toBe(true);
    const sections = readFileSync(file, 'utf8').split(/^## /m).slice(1);
    const titles = sections.map((section) => section.split('\n')[0]);
    expect(titles).toEqual(['What it means', 'Who is affected', 'Look here first', 'Fix', 'Prevent']);
    expect(sections.filter((section) => section.split('\n').slice(1).join('').trim() === '')).toEqual([]);
  },
);
