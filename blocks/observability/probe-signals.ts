import { Duration } from 'aws-cdk-lib/core';
import { Metric, Stats } from 'aws-cdk-lib/aws-cloudwatch';
import { silentId } from './observability-names.ts';
import { probeName } from './probe/probe-names.ts';
import type { Signal } from './signal.ts';
import type { WatchedAccount } from './step-functions-signals.ts';

/**
 * Signal that the probe of an account is silent. Nothing of the account is seen then: either the probe does not run, or the
 * link that shares the account's metrics is cut. One plain alarm for each account, because a line of a query that ends is
 * fine (alarms-and-missing-data).
 */
export const silentSignal = ({ account, region }: WatchedAccount): Signal => ({
  id: silentId,
  title: 'nothing has been seen of the account for a quarter of an hour: its probe does not run, or its link is cut',
  metric: new Metric({
    namespace: 'AWS/Lambda',
    metricName: 'Invocations',
    dimensionsMap: { FunctionName: probeName },
    label: 'rounds of the probe',
    statistic: Stats.SUM,
    period: Duration.minutes(5),
    ...{ account, region },
  }),
  threshold: 1,
  fires: 'below',
  // Full periods of the clock: a sliding window waits for older data first.
  periods: 3,
  calendar: 'UTC',
  warmUpMinutes: 30,
  missingData: 'bad',
  severity: 'ticket',
  runbook: 'account-silent',
});
