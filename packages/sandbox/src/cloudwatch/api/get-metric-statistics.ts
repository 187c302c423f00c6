import { z } from 'zod';
import { permit } from '../../aws-json/permit.ts';
import { minute, minuteOf } from '../metric.ts';
import { dimensionList, dimensionsOf, period, statistic } from '../metric-query.ts';
import { statisticOf } from '../statistic.ts';
import { type CloudWatchOperation, cloudWatchError, epochSeconds, placeOf, requested } from './cloudwatch-api.ts';

const request = z.object({
  Namespace: z.string().min(1).max(255),
  MetricName: z.string().min(1).max(255),
  Dimensions: dimensionList.optional(),
  StartTime: z.number(),
  EndTime: z.number(),
  Period: period,
  Statistics: z.array(statistic).min(1).max(5).optional(),
  ExtendedStatistics: z.array(statistic).min(1).max(10).optional(),
  Unit: z.string().optional(),
});

/** https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_GetMetricStatistics.html */
export const getMetricStatistics: CloudWatchOperation = (api, call) => {
  const asked = requested(request, call.body);
  permit(api.authorize, call, 'cloudwatch:GetMetricStatistics', '*');
  const { Namespace: namespace, MetricName: name, Dimensions, Period, Statistics = [], Unit } = asked;
  const { ExtendedStatistics: percentiles = [] } = asked;
  if (asked.StartTime >= asked.EndTime) {
    const message = 'The parameter StartTime must be less than the parameter EndTime.';
    throw cloudWatchError('InvalidParameterValueException', message);
  }
  if (Statistics.length + percentiles.length === 0) {
    const message = 'At least one of the parameters Statistics and ExtendedStatistics must be specified.';
    throw cloudWatchError('InvalidParameterCombinationException', message);
  }
  const [start, end] = [minuteOf(asked.StartTime * 1_000), asked.EndTime * 1_000];
  const points = Math.ceil((end - start) / 1_000 / Period);
  if (points > 1_440) {
    const message = `You have requested up to ${points} datapoints, which exceeds the limit of 1440. You may reduce the datapoints requested by increasing Period, or decreasing the time range.`;
    throw cloudWatchError('InvalidParameterCombinationException', message);
  }
  const metric = { namespace, name, dimensions: dimensionsOf(Dimensions) };
  const series = api.cloudWatch.metrics.series(placeOf(call), metric);
  const known = Unit === undefined || series?.unit === Unit ? series : undefined;
  const periods = known?.periods(start, end, (Period / 60) * minute) ?? [];
  const datapoints = [...periods].map(([time, values]) => {
    const valuesOf = (names: readonly string[]): Readonly<Record<string, number>> =>
      Object.fromEntries(names.map((statistic) => [statistic, statisticOf(statistic)?.(values) ?? 0]));
    return {
      Timestamp: epochSeconds(time),
      Unit: known?.unit ?? 'None',
      ...valuesOf(Statistics),
      ...(percentiles.length > 0 && { ExtendedStatistics: valuesOf(percentiles) }),
    };
  });
  return { Label: name, Datapoints: datapoints };
};
