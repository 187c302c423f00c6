import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Metric } from 'aws-cdk-lib/aws-cloudwatch';
import { Stack } from 'aws-cdk-lib/core';
import { expect, test } from 'vitest';
import { lateSignal, scheduleSignals } from '../../../blocks/observability/schedule-signals.ts';

const watched = {
  account: '333333333333',
  region: 'eu-west-1',
  failuresArn: 'arn:aws:sqs:eu-west-1:333333333333:crosswind-tried-schedule-failures',
  title: 'tried schedule (prod)',
  id: 'tried-prod-schedule',
};
const [signal, ...others] = scheduleSignals(new Stack(), watched);

test('of a schedule is watched whether a start was given up, and nothing else', () => {
  expect(signal).toMatchObject({
    id: 'not-started',
    title: 'tried schedule (prod): an execution was due and could not be started',
    threshold: 1,
    periods: 1,
    missingData: 'fine',
    severity: 'ticket',
    runbook: 'schedule-failed',
  });
  expect(others).toEqual([]);
});

test.each([
  ['day', 'Europe/Berlin', 1],
  ['week', 'UTC', 7],
] as const)('of a run that is due every %s in %s is watched that one succeeds', (unit, timeZone, days) => {
  const place = { account: '333333333333', region: 'eu-west-1' };
  const succeeded = new Metric({
    namespace: 'AWS/States',
    metricName: 'ExecutionsSucceeded',
    statistic: 'Sum',
    ...place,
  });
  const { metric, ...late } = lateSignal('tried parent (prod)', succeeded, { unit, timeZone });
  expect(late).toEqual({
    ...{ id: 'late', threshold: 1, fires: 'below', periods: days, calendar: timeZone, warmUpMinutes: 2_880 },
    ...{ missingData: 'bad', severity: 'page', runbook: 'runs-late' },
    title: `tried parent (prod): no run has succeeded in the last ${unit}, and one was due`,
  });
  expect(metric.toMetricConfig().metricStat).toMatchObject({
    metricName: 'ExecutionsSucceeded',
    statistic: 'Sum',
    ...place,
  });
  expect(metric.toMetricConfig().metricStat?.period.toDays()).toBe(1);
});

test('the messages in the queue are counted, at their most, in the account and region that is watched', () => {
  const { period, ...metric } = signal?.metric.toMetricConfig().metricStat ?? {};
  expect(metric).toMatchObject({
    namespace: 'AWS/SQS',
    metricName: 'ApproximateNumberOfMessagesVisible',
    dimensions: [{ name: 'QueueName', value: 'crosswind-tried-schedule-failures' }],
    statistic: 'Maximum',
    account: '333333333333',
    region: 'eu-west-1',
  });
  expect(period?.toSeconds()).toBe(300);
});

test.each([signal?.runbook, 'runs-late'])('the runbook %s has the five sections that somebody needs', (runbook) => {
  const file = join(import.meta.dirname, '../../../docs/runbooks', `${runbook}.md`);
  expect(existsSync(file)).toBe(true);
  const sections = readFileSync(file, 'utf8').split(/^## /m).slice(1);
  const titles = sections.map((section) => section.split('\n')[0]);
  expect(titles).toEqual(['What it means', 'Who is affected', 'Look here first', 'Fix', 'Prevent']);
  expect(sections.filter((section) => section.split('\n').slice(1).join('').trim() === '')).toEqual([]);
});
