import { z } from 'zod';
import { permit } from '../../aws-json/permit.ts';
import type { Series } from '../series.ts';
import { type CloudWatchOperation, cloudWatchError, placeOf, requested } from './cloudwatch-api.ts';
import { pageOf } from './next-token.ts';

const request = z.object({
  Namespace: z.string().min(1).max(255).optional(),
  MetricName: z.string().min(1).max(255).optional(),
  Dimensions: z
    .array(z.object({ Name: z.string().min(1).max(255), Value: z.string().min(1).max(1_024).optional() }))
    .max(10)
    .default([]),
  RecentlyActive: z.literal('PT3H').optional(),
  IncludeLinkedAccounts: z.boolean().default(false),
  OwningAccount: z.string().min(1).max(255).optional(),
  NextToken: z.string().optional(),
});

const threeHours = 3 * 3_600_000;

/**
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_ListMetrics.html
 * The metrics of linked accounts come after the caller's own.
 */
export const listMetrics: CloudWatchOperation = (api, call) => {
  const asked = requested(request, call.body);
  permit(api.authorize, call, 'cloudwatch:ListMetrics', '*');
  const { NextToken: token, IncludeLinkedAccounts: linked, OwningAccount: owner, ...filters } = asked;
  if (owner !== undefined && !linked) {
    throw cloudWatchError('InvalidParameterValueException', 'OwningAccount needs IncludeLinkedAccounts to be true');
  }
  const { account, region } = placeOf(call);
  const accounts = linked ? [account, ...api.observability.linkedAccounts(account, region)] : [account];
  const found = accounts
    .filter((candidate) => (owner ?? candidate) === candidate)
    .flatMap((candidate) =>
      api.cloudWatch.metrics
        .of({ account: candidate, region })
        .filter((series) => matches(series, filters, api.now()))
        .map(({ metric }) => ({ metric, owner: candidate })),
    );
  const of = ['ListMetrics', account, region, linked, owner, filters];
  const { items, next } = pageOf(found, { of, size: 500, token });
  return {
    Metrics: items.map(({ metric: { namespace, name, dimensions } }) => ({
      Namespace: namespace,
      MetricName: name,
      Dimensions: Object.entries(dimensions).map(([Name, Value]) => ({ Name, Value })),
    })),
    ...(linked && { OwningAccounts: items.map((item) => item.owner) }),
    ...next,
  };
};

function matches(
  { metric, last }: Series,
  filters: Omit<z.output<typeof request>, 'NextToken' | 'IncludeLinkedAccounts' | 'OwningAccount'>,
  now: number,
): boolean {
  const { Namespace = metric.namespace, MetricName = metric.name, Dimensions, RecentlyActive } = filters;
  return (
    Namespace === metric.namespace &&
    MetricName === metric.name &&
    (RecentlyActive === undefined || last >= now - threeHours) &&
    Dimensions.every(({ Name, Value }) => {
      const value = Object.hasOwn(metric.dimensions, Name) ? metric.dimensions[Name] : undefined;
      return value !== undefined && (Value ?? value) === value;
    })
  );
}
