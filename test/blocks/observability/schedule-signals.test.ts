import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Stack } from 'aws-cdk-lib/core';
import { expect, test } from 'vitest';
import { scheduleSignals } from '../../../blocks/observability/schedule-signals.ts';

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

test('the runbook has the five sections that somebody needs', () => {
  const file = join(import.meta.dirname, '../../../docs/runbooks', `${signal?.runbook}.md`);
  expect(existsSync(file)).toBe(true);
  const sections = readFileSync(file, 'utf8').split(/^## /m).slice(1);
  const titles = sections.map((section) => section.split('\n')[0]);
  expect(titles).toEqual(['What it means', 'Who is affected', 'Look here first', 'Fix', 'Prevent']);
  expect(sections.filter((section) => section.split('\n').slice(1).join('').trim() === '')).toEqual([]);
});
