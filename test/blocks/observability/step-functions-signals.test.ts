import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Stack } from 'aws-cdk-lib/core';
import type { IMetric, MetricStatConfig } from 'aws-cdk-lib/aws-cloudwatch';
import { describe, expect, test } from 'vitest';
import type { Signal } from '../../../blocks/observability/signal.ts';
import {
  accountSignals,
  executionMetrics,
  executionSignals,
} from '../../../blocks/observability/step-functions-signals.ts';

const watched = { account: '333333333333', region: 'eu-west-1' };
const machine = {
  ...watched,
  arn: 'arn:aws:states:eu-west-1:333333333333:stateMachine:crosswind-tried',
  title: 'tried parent',
  id: 'tried-parent',
};

const ofAccount = accountSignals(watched);
const ofMachine = executionSignals(machine, executionMetrics(new Stack(), machine));
const all = [...ofAccount, ...ofMachine];

/** The metrics that a signal reads, those of an expression included. */
function readBy(metric: IMetric): readonly MetricStatConfig[] {
  const { metricStat, mathExpression } = metric.toMetricConfig();
  return [
    ...(metricStat ? [metricStat] : []),
    ...Object.values(mathExpression?.usingMetrics ?? {}).flatMap((used) => readBy(used)),
  ];
}

const summary = ({ id, metric, threshold, periods, missingData, severity, runbook }: Signal) => ({
  id,
  metrics: readBy(metric).map(
    ({ metricName, statistic, period }) => `${metricName} ${statistic} ${period.toSeconds()}s`,
  ),
  fires: `at ${threshold} for ${periods}`,
  missingData,
  severity,
  runbook,
});

describe('of an account is watched', () => {
  test.each([
    {
      id: 'open-map-runs',
      metrics: ['ApproximateOpenMapRunCount Maximum 60s', 'OpenMapRunLimit Maximum 60s'],
      fires: 'at 90 for 3',
      missingData: 'fine',
      severity: 'ticket',
      runbook: 'open-map-runs',
    },
    {
      id: 'map-run-backlog',
      metrics: ['ApproximateMapRunBacklogSize Maximum 60s'],
      fires: 'at 1 for 5',
      missingData: 'fine',
      severity: 'page',
      runbook: 'map-run-backlog',
    },
    {
      id: 'state-transition-throttling',
      metrics: ['ThrottledEvents Sum 60s'],
      fires: 'at 1 for 5',
      missingData: 'fine',
      severity: 'page',
      runbook: 'state-transition-throttling',
    },
  ])('$id', (expected) => {
    expect(ofAccount.map(summary)).toContainEqual(expected);
  });

  test('nothing that this table does not hold', () => {
    expect(ofAccount.map(({ id }) => id)).toEqual(['open-map-runs', 'map-run-backlog', 'state-transition-throttling']);
  });

  test('how full the limit of open Map Runs is, in percent of the limit that the account has', () => {
    const usage = ofAccount.find(({ id }) => id === 'open-map-runs')?.metric.toMetricConfig().mathExpression;
    expect(usage?.expression).toBe('100 * open / limit');
    const names = Object.entries(usage?.usingMetrics ?? {}).map(([name, used]) => [name, readBy(used)[0]?.metricName]);
    expect(Object.fromEntries(names)).toEqual({ open: 'ApproximateOpenMapRunCount', limit: 'OpenMapRunLimit' });
  });

  test('Map Runs without dimensions, because Step Functions emits them for the whole account', () => {
    const mapRuns = ofAccount.slice(0, 2).flatMap(({ metric }) => readBy(metric));
    expect(mapRuns.map(({ dimensions }) => dimensions ?? [])).toEqual([[], [], []]);
  });
});

describe('of a state machine is watched', () => {
  test.each([
    {
      id: 'tried-parent-failed',
      metrics: ['ExecutionsFailed Sum 300s'],
      fires: 'at 1 for 1',
      missingData: 'fine',
      severity: 'ticket',
      runbook: 'executions-failed',
    },
    {
      id: 'tried-parent-timed-out',
      metrics: ['ExecutionsTimedOut Sum 300s'],
      fires: 'at 1 for 1',
      missingData: 'fine',
      severity: 'page',
      runbook: 'executions-timed-out',
    },
  ])('$id', (expected) => {
    expect(ofMachine.map(summary)).toContainEqual(expected);
    expect(ofMachine).toHaveLength(2);
  });

  test('that machine and no other', () => {
    const dimensions = ofMachine.flatMap(({ metric }) => readBy(metric)).map((metric) => metric.dimensions);
    expect(dimensions).toEqual(ofMachine.map(() => [{ name: 'StateMachineArn', value: machine.arn }]));
  });

  test('under its title', () => {
    expect(ofMachine.map(({ title }) => title.startsWith('tried parent: '))).toEqual([true, true]);
  });
});

describe.each(all.map((signal): [string, Signal] => [signal.id, signal]))('the signal %s', (_, signal) => {
  test('is read in the account and region that is watched', () => {
    const places = readBy(signal.metric).map(({ namespace, account, region }) => ({ namespace, account, region }));
    expect(places.length).toBeGreaterThan(0);
    expect(new Set(places.map((place) => JSON.stringify(place)))).toEqual(
      new Set([JSON.stringify({ namespace: 'AWS/States', ...watched })]),
    );
  });

  test('has a runbook with the five sections that somebody needs at night', () => {
    const file = join(import.meta.dirname, '../../../docs/runbooks', `${signal.runbook}.md`);
    expect(existsSync(file)).toBe(true);
    const sections = readFileSync(file, 'utf8').split(/^## /m).slice(1);
    const titles = sections.map((section) => section.split('\n')[0]);
    expect(titles).toEqual(['What it means', 'Who is affected', 'Look here first', 'Fix', 'Prevent']);
    expect(sections.filter((section) => section.split('\n').slice(1).join('').trim() === '')).toEqual([]);
  });
});
