import { type AwsJsonOperation, awsJsonService } from '../../aws-json/aws-json-service.ts';
import type { HttpService } from '../../endpoint.ts';
import { cborProtocol } from '../../protocols/cbor-protocol.ts';
import { queryProtocol } from '../../protocols/query-protocol.ts';
import { type CloudWatchApi, type CloudWatchOperation, queryCodes } from './cloudwatch-api.ts';
import { deleteAlarms, disableAlarmActions, enableAlarmActions } from './change-alarms.ts';
import { getDashboard, listDashboards } from './dashboards.ts';
import { describeAlarmContributors } from './describe-alarm-contributors.ts';
import { describeAlarmHistory } from './describe-alarm-history.ts';
import { describeAlarms } from './describe-alarms.ts';
import { fieldKinds } from './field-kinds.ts';
import { getMetricData } from './get-metric-data.ts';
import { getMetricStatistics } from './get-metric-statistics.ts';
import { listMetrics } from './list-metrics.ts';
import { deleteDashboards, putDashboard, putMetricAlarm } from './put-alarms.ts';

/** Every operation of CloudWatch that the sandbox answers; all others are refused by name. */
const cloudWatchOperations: ReadonlyMap<string, CloudWatchOperation> = new Map([
  ['DeleteAlarms', deleteAlarms],
  ['DeleteDashboards', deleteDashboards],
  ['DescribeAlarmContributors', describeAlarmContributors],
  ['DescribeAlarmHistory', describeAlarmHistory],
  ['DescribeAlarms', describeAlarms],
  ['DisableAlarmActions', disableAlarmActions],
  ['EnableAlarmActions', enableAlarmActions],
  ['GetDashboard', getDashboard],
  ['GetMetricData', getMetricData],
  ['GetMetricStatistics', getMetricStatistics],
  ['ListDashboards', listDashboards],
  ['ListMetrics', listMetrics],
  ['PutDashboard', putDashboard],
  ['PutMetricAlarm', putMetricAlarm],
]);

/** Name of the service in the targets of the JSON protocol and the paths of CBOR. */
const service = 'GraniteServiceVersion20100801';

const others = [
  cborProtocol({ service, kinds: fieldKinds, queryCodes }),
  queryProtocol({
    namespace: 'http://monitoring.amazonaws.com/doc/2010-08-01/',
    kinds: fieldKinds,
    codes: queryCodes,
  }),
];

/**
 * CloudWatch over HTTP, in its three protocols: JSON, CBOR, and the query protocol of clients from before 2025 (AWS CLI
 * 2.9, SDK for JavaScript 3.395 and 2).
 */
export function cloudWatchService(api: CloudWatchApi): HttpService {
  const operations = [...cloudWatchOperations].map(
    ([name, operation]) => [name, (call) => operation(api, call)] satisfies [string, AwsJsonOperation],
  );
  return awsJsonService({
    title: 'CloudWatch',
    signingName: 'monitoring',
    target: service,
    version: '1.0',
    operations: new Map(operations),
    queryCodes,
    others,
    isMeant: ({ url = '' }) => url.startsWith(`/service/${service}/`),
  });
}
