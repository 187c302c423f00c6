import { executionMetrics, lambdaMetrics, mapRunMetrics, throttleMetrics } from '@crosswind/aws/metrics';
import type { Environment } from '@crosswind/assembly/read-assembly';
import type { RecordedFunction, RecordedMetric } from './recorded-facts.ts';

/** A metric of an account and region that shows why a run is slow or failed. */
export type WantedMetric = Omit<RecordedMetric, 'value' | 'peak' | 'first' | 'last'>;

type Named = Pick<RecordedMetric, 'namespace' | 'name'>;

/**
 * Metrics of an account in which state machines run: what was throttled, what waited, what functions did.
 * @param machineArns state machines of that account
 * @param functions functions of that account
 */
export function wantedMetrics(
  { account, region }: Environment,
  machineArns: readonly string[],
  functions: readonly Pick<RecordedFunction, 'name'>[],
): readonly WantedMetric[] {
  const wanted = (
    { namespace, name }: Named,
    statistic: WantedMetric['statistic'],
    dimensions: WantedMetric['dimensions'] = {},
  ): WantedMetric => ({ account, region, namespace, name, dimensions, statistic });
  return [
    wanted(throttleMetrics.throttled, 'Sum', { ServiceMetric: 'StateTransition' }),
    wanted(throttleMetrics.consumed, 'Sum', { ServiceMetric: 'StateTransition' }),
    wanted(lambdaMetrics.claimedAccountConcurrency, 'Maximum'),
    wanted(throttleMetrics.refillRate, 'Maximum', { ServiceMetric: 'StateTransition' }),
    wanted(throttleMetrics.throttled, 'Sum', { APIName: 'DescribeExecution' }),
    wanted(throttleMetrics.throttled, 'Sum', { APIName: 'StartExecution' }),
    wanted(mapRunMetrics.backlog, 'Maximum'),
    wanted(mapRunMetrics.open, 'Maximum'),
    wanted(mapRunMetrics.limit, 'Maximum'),
    ...machineArns.map((arn) => wanted(executionMetrics.throttled, 'Sum', { StateMachineArn: arn })),
    ...functions.flatMap(({ name: FunctionName }) => [
      wanted(lambdaMetrics.throttles, 'Sum', { FunctionName }),
      wanted(lambdaMetrics.errors, 'Sum', { FunctionName }),
      wanted(lambdaMetrics.duration, 'Maximum', { FunctionName }),
      wanted(lambdaMetrics.concurrentExecutions, 'Maximum', { FunctionName }),
    ]),
  ];
}
