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
const signalsOf = (isEntry: boolean) => executionSignals(machine, executionMetrics(new Stack(), machine), { isEntry });
const ofMachine = signalsOf(true);
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
  test('how many of its state transitions it uses, and nothing else', () => {
    expect(ofAccount.map(summary)).toEqual([
      {
        id: 'transitions-used',
        metrics: ['ConsumedCapacity Sum 60s', 'ProvisionedRefillRate Maximum 60s'],
        fires: 'at 80 for 5',
        missingData: 'fine',
        severity: 'ticket',
        runbook: 'state-transition-throttling',
      },
    ]);
  });

  test('as a share of those that a minute brings', () => {
    expect(ofAccount[0]?.metric.toMetricConfig().mathExpression?.expression).toBe('100 * consumed / (60 * refill)');
  });
});

describe('of a state machine is watched', () => {
  test.each([
    [true, 'failed', 'ExecutionsFailed', 'page'],
    [true, 'timed-out', 'ExecutionsTimedOut', 'page'],
    [true, 'aborted', 'ExecutionsAborted', 'ticket'],
    [false, 'failed', 'ExecutionsFailed', 'ticket'],
    [false, 'timed-out', 'ExecutionsTimedOut', 'ticket'],
    [false, 'aborted', 'ExecutionsAborted', 'ticket'],
  ] as const)('as the entry (%s) that one %s', (isEntry, id, metric, severity) => {
    const signals = signalsOf(isEntry).map(summary);
    expect(signals).toHaveLength(3);
    expect(signals).toContainEqual({
      ...{ id, severity, fires: 'at 1 for 1', missingData: 'fine', runbook: `executions-${id}` },
      metrics: [`${metric} Sum 300s`],
    });
  });

  test('that machine and no other', () => {
    const dimensions = ofMachine.flatMap(({ metric }) => readBy(metric)).map((metric) => metric.dimensions);
    expect(dimensions).toEqual(ofMachine.map(() => [{ name: 'StateMachineArn', value: machine.arn }]));
  });

  test('under its title', () => {
    expect(ofMachine.map(({ title }) => title.startsWith('tried parent: '))).toEqual([true, true, true]);
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
