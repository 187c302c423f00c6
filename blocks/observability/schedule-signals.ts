import { Duration } from 'aws-cdk-lib/core';
import { Stats } from 'aws-cdk-lib/aws-cloudwatch';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import type { Signal } from './signal.ts';
import type { WatchedAccount } from './step-functions-signals.ts';

export interface WatchedSchedule extends WatchedAccount {
  /** ARN of the queue that takes starts which were given up. */
  readonly failuresArn: string;
  /** How people call the schedule, for example `orders schedule (prod)`. */
  readonly title: string;
  /** A prefix for signal ids, for example `orders-prod-schedule`. */
  readonly id: string;
}

/** Signals of a schedule: executions that could not be started. Executions that fail have signals of their own. */
export function scheduleSignals(
  scope: Construct,
  { failuresArn, title, id, account, region }: WatchedSchedule,
): readonly Signal[] {
  const failures = Queue.fromQueueArn(scope, id, failuresArn);
  return [
    {
      id: 'not-started',
      title: `${title}: an execution was due and could not be started`,
      metric: failures.metricApproximateNumberOfMessagesVisible({
        statistic: Stats.MAXIMUM,
        period: Duration.minutes(5),
        label: 'starts given up',
        account,
        region,
      }),
      threshold: 1,
      periods: 1,
      // A queue that nothing has happened in for six hours is silent (monitoring-using-cloudwatch).
      missingData: 'fine',
      severity: 'ticket',
      runbook: 'schedule-failed',
    },
  ];
}
