import { Duration } from 'aws-cdk-lib/core';
import { Metric, Stats } from 'aws-cdk-lib/aws-cloudwatch';
import { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import type { Signal } from './signal.ts';
import type { WatchedAccount } from './step-functions-signals.ts';

/** An account whose functions are watched together. */
export interface WatchedFunctions extends WatchedAccount {
  /** Functions that may run at a time, as `platform.yaml` states it. */
  readonly lambdaConcurrency: number;
}

/** Share of the concurrency at which AWS recommends an alarm (CloudWatch, "Recommended alarms", ClaimedAccountConcurrency). */
const alarmingShare = 0.9;

/**
 * Signals of all functions of an account and region together: their metrics have no dimensions then, so the number of
 * alarms does not grow with the number of functions (Lambda, "Types of metrics for Lambda functions").
 */
export function lambdaSignals({ account, region, lambdaConcurrency }: WatchedFunctions): readonly Signal[] {
  const place = { account, region };
  const ticket = { missingData: 'fine', severity: 'ticket' } as const;
  return [
    {
      id: 'lambda-concurrency',
      title: `functions use 90 % of the concurrency of ${lambdaConcurrency} that platform.yaml states`,
      // The CDK has no helper for it.
      metric: new Metric({
        namespace: 'AWS/Lambda',
        metricName: 'ClaimedAccountConcurrency',
        label: 'claimed concurrency',
        statistic: Stats.MAXIMUM,
        period: Duration.minutes(1),
        ...place,
      }),
      threshold: Math.max(1, Math.floor(lambdaConcurrency * alarmingShare)),
      periods: 10,
      runbook: 'lambda-concurrency',
      ...ticket,
    },
    {
      id: 'lambda-throttles',
      title: 'Lambda refused to run a function: the account has less concurrency than its functions need',
      metric: LambdaFunction.metricAllThrottles({
        statistic: Stats.SUM,
        period: Duration.minutes(5),
        label: 'throttled',
        ...place,
      }),
      threshold: 1,
      periods: 1,
      runbook: 'lambda-throttles',
      ...ticket,
    },
    {
      id: 'lambda-errors',
      title: 'functions have failed for a quarter of an hour, again and again',
      metric: LambdaFunction.metricAllErrors({
        statistic: Stats.SUM,
        period: Duration.minutes(5),
        label: 'failed',
        ...place,
      }),
      threshold: 1,
      // A failure that a retry heals is none.
      periods: 3,
      runbook: 'lambda-errors',
      ...ticket,
    },
  ];
}
