import { Duration } from 'aws-cdk-lib/core';
import { Metric, Stats } from 'aws-cdk-lib/aws-cloudwatch';
import { alarmingShares } from './alarming-shares.ts';
import type { Signal } from './signal.ts';
import type { WatchedAccount } from './step-functions-signals.ts';

/** An account whose functions are watched together. */
export interface WatchedFunctions extends WatchedAccount {
  /** Functions that may run at a time, as `platform.yaml` states it. */
  readonly lambdaConcurrency: number;
}

/**
 * Signals of all functions of an account and region together, as far as accounts differ in them: their metrics have no
 * dimensions then, so alarms do not grow with functions (Lambda, "Types of metrics for Lambda functions").
 */
export function lambdaSignals({ account, region, lambdaConcurrency }: WatchedFunctions): readonly Signal[] {
  return [
    {
      id: 'lambda-concurrency',
      title: `functions use ${100 * alarmingShares.concurrency} % of the concurrency of ${lambdaConcurrency} that platform.yaml states`,
      // The CDK has no helper for it.
      metric: new Metric({
        namespace: 'AWS/Lambda',
        metricName: 'ClaimedAccountConcurrency',
        label: 'claimed concurrency',
        statistic: Stats.MAXIMUM,
        period: Duration.minutes(1),
        ...{ account, region },
      }),
      threshold: Math.max(1, Math.floor(lambdaConcurrency * alarmingShares.concurrency)),
      periods: 10,
      runbook: 'lambda-concurrency',
      missingData: 'fine',
      severity: 'ticket',
    },
  ];
}

/** A function whose name other accounts know. */
export interface WatchedFunction extends WatchedAccount {
  readonly functionName: string;
  readonly timeoutSeconds: number;
  /** Runbook of the workload. */
  readonly runbook: string;
}

/** Signal of a function that comes near its timeout: the next larger input ends it. */
export const slowFunctionSignal = ({ functionName, timeoutSeconds, runbook, account, region }: WatchedFunction) =>
  ({
    id: `${functionName.replace(/^.*-/, '')}-slow`,
    title: `the function ${functionName} came near its timeout of ${timeoutSeconds} s`,
    metric: new Metric({
      namespace: 'AWS/Lambda',
      metricName: 'Duration',
      dimensionsMap: { FunctionName: functionName },
      label: 'duration',
      statistic: Stats.MAXIMUM,
      period: Duration.minutes(5),
      ...{ account, region },
    }),
    threshold: alarmingShares.timeout * timeoutSeconds * 1_000,
    periods: 1,
    missingData: 'fine',
    severity: 'ticket',
    runbook,
  }) as const satisfies Signal;
