import { defined, type JsonObject, textOf } from '@crosswind/aws/json';
import { partitionOf } from '@crosswind/aws/partition';
import { AwsJsonError } from '../aws-json/aws-json-error.ts';
import { type AwsJsonCall, type AwsJsonOperation, awsJsonService } from '../aws-json/aws-json-service.ts';
import { pager } from '../aws-json/pager.ts';
import { permit } from '../aws-json/permit.ts';
import type { HttpService } from '../endpoint.ts';
import type { Authorize } from '../iam/authorizer.ts';
import { changeLive, livePropertiesOf, type LiveResource } from '../live-change.ts';
import type { ResourceHandler } from '../service.ts';
import type { LogGroups } from './log-groups.ts';

export interface LogsServicePorts {
  readonly authorize: Authorize;
  readonly logGroups: LogGroups;
  readonly handler: ResourceHandler;
  /** Answers the other operations. */
  readonly absent: HttpService;
}

/** Retentions that CloudWatch Logs has, in days (API_PutRetentionPolicy). */
const retentions: readonly number[] = [
  1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1_096, 1_827, 2_192, 2_557, 2_922, 3_288, 3_653,
];

const { pageOf } = pager(
  'nextToken',
  () => new AwsJsonError('InvalidParameterException', 'The specified nextToken is invalid.'),
);

/** CloudWatch Logs over HTTP: how long log groups keep their lines. */
export const logsService = (ports: LogsServicePorts): HttpService =>
  awsJsonService({
    absent: ports.absent,
    title: 'CloudWatch Logs',
    signingName: 'logs',
    target: 'Logs_20140328',
    version: '1.1',
    operations: new Map<string, AwsJsonOperation>([
      ['DescribeLogGroups', (call) => describeLogGroups(ports, call)],
      ['PutRetentionPolicy', (call) => putRetentionPolicy(ports, call)],
      ['DeleteRetentionPolicy', (call) => retain(ports, call, 'DeleteRetentionPolicy', undefined)],
    ]),
  });

/** https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutRetentionPolicy.html */
function putRetentionPolicy(ports: LogsServicePorts, call: AwsJsonCall): Promise<JsonObject> {
  const days = Number(call.body['retentionInDays']);
  if (retentions.includes(days)) return retain(ports, call, 'PutRetentionPolicy', days);
  const set = retentions.join(', ');
  throw new AwsJsonError(
    'InvalidParameterException',
    `1 validation error detected: Value '${textOf(call.body['retentionInDays'])}' at 'retentionInDays' failed to satisfy constraint: Member must satisfy enum value set: [${set}]`,
  );
}

async function retain(
  { authorize, handler }: LogsServicePorts,
  call: AwsJsonCall,
  operation: string,
  days: number | undefined,
): Promise<JsonObject> {
  const group = groupOf(call, textOf(call.body['logGroupName']));
  permit(authorize, call, `logs:${operation}`, group.arn);
  if (await changeLive(handler, group, { RetentionInDays: days })) return {};
  throw new AwsJsonError('ResourceNotFoundException', 'The specified log group does not exist.');
}

/** https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_DescribeLogGroups.html */
function describeLogGroups({ authorize, handler, logGroups }: LogsServicePorts, call: AwsJsonCall): JsonObject {
  const prefix = textOf(call.body['logGroupNamePrefix'] ?? '');
  permit(authorize, call, 'logs:DescribeLogGroups', groupOf(call, '*').arn);
  const start = groupOf(call, '').arn.replace(/:\*$/, '');
  const names = logGroups.under(`${start}${prefix}`).map((arn) => arn.slice(start.length).replace(/:\*$/, ''));
  const { nextToken: token } = call.body;
  const of = ['DescribeLogGroups', start, prefix];
  const { items, next } = pageOf(names, { of, size: 50, token: token === undefined ? token : textOf(token) });
  return {
    logGroups: items.map((name) => {
      const group = groupOf(call, name);
      const { RetentionInDays: retentionInDays } = livePropertiesOf(handler, group) ?? {};
      return defined({
        logGroupName: name,
        arn: group.arn,
        logGroupArn: group.arn.replace(/:\*$/, ''),
        retentionInDays: retentionInDays === undefined ? undefined : Number(retentionInDays),
      });
    }),
    ...next,
  };
}

function groupOf({ principal: { account }, region }: AwsJsonCall, name: string): LiveResource {
  const arn = `arn:${partitionOf(region)}:logs:${region}:${account}:log-group:${name}:*`;
  return { type: 'AWS::Logs::LogGroup', name, arn, account, region };
}
