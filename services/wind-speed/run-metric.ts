import { Metric, Stats } from 'aws-cdk-lib/aws-cloudwatch';
import { Duration } from 'aws-cdk-lib/core';
import { ownNamespace } from '../../blocks/observability/own-metrics.ts';
import type { StageProps } from '../../blocks/workload.ts';
import type { batchMetrics, runMetrics } from './metrics.ts';

/** A metric that the functions of a wave emit, in five minutes. */
export const runMetric = (
  { address, wave }: Pick<StageProps<unknown, 'parent' | 'child'>, 'address' | 'wave'>,
  metricName: keyof typeof batchMetrics | keyof typeof runMetrics,
  statistic: string = Stats.SUM,
  label?: string,
): Metric =>
  new Metric({
    namespace: ownNamespace,
    metricName,
    dimensionsMap: { Tenant: address.tenant, Wave: wave },
    period: Duration.minutes(5),
    account: address.accounts.child,
    region: address.region,
    ...{ statistic, label },
  });
