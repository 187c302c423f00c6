import { type AwsJsonOperation, awsJsonService } from '../../aws-json/aws-json-service.ts';
import type { HttpService } from '../../endpoint.ts';
import { type CloudWatchApi, type CloudWatchOperation, queryCodes } from './cloudwatch-api.ts';
import { getDashboard, listDashboards } from './dashboards.ts';
import { describeAlarmHistory } from './describe-alarm-history.ts';
import { describeAlarms } from './describe-alarms.ts';
import { getMetricData } from './get-metric-data.ts';
import { getMetricStatistics } from './get-metric-statistics.ts';
import { listMetrics } from './list-metrics.ts';

/** Every operation of CloudWatch that the sandbox answers; all others are refused by name. */
const cloudWatchOperations: ReadonlyMap<string, CloudWatchOperation> = new Map([
  ['DescribeAlarmHistory', describeAlarmHistory],
  ['DescribeAlarms', describeAlarms],
  ['GetDashboard', getDashboard],
  ['GetMetricData', getMetricData],
  ['GetMetricStatistics', getMetricStatistics],
  ['ListDashboards', listDashboards],
  ['ListMetrics', listMetrics],
]);

/** CloudWatch over HTTP, in the JSON protocol that the current SDKs, the AWS CLI and boto3 speak with it. */
export function cloudWatchService(api: CloudWatchApi): HttpService {
  const operations = [...cloudWatchOperations].map(
    ([name, operation]) => [name, (call) => operation(api, call)] satisfies [string, AwsJsonOperation],
  );
  return awsJsonService({
    title: 'CloudWatch',
    signingName: 'monitoring',
    target: 'GraniteServiceVersion20100801',
    version: '1.0',
    operations: new Map(operations),
    queryCodes,
  });
}
