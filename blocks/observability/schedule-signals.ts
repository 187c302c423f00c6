import { Duration } from 'aws-cdk-lib/core';
import { type Metric, Stats } from 'aws-cdk-lib/aws-cloudwatch';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import type { Signal } from './signal.ts';
import type { WatchedAccount } from './step-functions-signals.ts';

/** Days or weeks, each with a run that is due. */
export interface RunsDue {
  readonly unit: 'day' | 'week';
  /** As IANA names it. */
  readonly timeZone: string;
}

export interface WatchedSchedule extends WatchedAccount {
  /** ARN of the queue that takes starts which were given up. */
  readonly failuresArn: string;
  /** How people call the schedule, for example `orders schedule (prod)`. */
  readonly title: string;
  /** A prefix for signal ids, for example `orders-prod-schedule`. */
  readonly id: string;
}

/** Most minutes that an alarm may keep quiet (CloudWatch User Guide, "Alarm warm-up periods"): two days. */
const longestWarmUp = 2_880;

/**
 * Signal that no run has succeeded in a day, or in seven, in which one was due, whatever the reason: it was not started, it
 * failed, or it hangs. A window of the clock, so that it does not matter when in the day a run ends.
 */
export function lateSignal(title: string, succeeded: Metric, { unit, timeZone }: RunsDue): Signal {
  return {
    id: 'late',
    title: `${title}: no run has succeeded in the last ${unit}, and one was due`,
    metric: succeeded.with({ period: Duration.days(1) }),
    threshold: 1,
    fires: 'below',
    // Seven days, not a calendar week: in the week before its first push a new tenant has run nothing.
    periods: unit === 'day' ? 1 : 7,
    calendar: timeZone,
    // A new tenant has its first success on the day of its push, from the smoke step.
    warmUpMinutes: longestWarmUp,
    missingData: 'bad',
    severity: 'page',
    runbook: 'runs-late',
  };
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
