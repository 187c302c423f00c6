import { z } from 'zod';
import { defined, type JsonObject, textOf } from '@crosswind/aws/json';
import { AwsJsonError } from '../aws-json/aws-json-error.ts';
import { type AwsJsonCall, type AwsJsonOperation, awsJsonService } from '../aws-json/aws-json-service.ts';
import { permit } from '../aws-json/permit.ts';
import type { HttpService } from '../endpoint.ts';
import type { Authorize } from '../iam/authorizer.ts';
import { changeLive, livePropertiesOf, type LiveResource } from '../live-change.ts';
import type { ResourceHandler } from '../service.ts';
import { describeLogStreams, pageOf } from './describe-log-streams.ts';
import type { LogGroups } from './log-groups.ts';
import { groupArn } from './named-group.ts';
import { filterLogEvents, getLogEvents } from './read-events.ts';
import { invalidParameter, nextToken, requested } from './requested.ts';

export interface LogsServicePorts {
  readonly authorize: Authorize;
  readonly logGroups: LogGroups;
  readonly handler: ResourceHandler;
  /** Milliseconds since the epoch, in virtual time. */
  readonly now: () => number;
  /** Answers the other operations. */
  readonly absent: HttpService;
}

/** Retentions that CloudWatch Logs has, in days (API_PutRetentionPolicy). */
const retentions: readonly number[] = [
  1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1_096, 1_827, 2_192, 2_557, 2_922, 3_288, 3_653,
];

/** CloudWatch Logs over HTTP: groups, streams and events, and how long groups keep them. */
export const logsService = (ports: LogsServicePorts): HttpService =>
  awsJsonService({
    absent: ports.absent,
    title: 'CloudWatch Logs',
    signingName: 'logs',
    target: 'Logs_20140328',
    version: '1.1',
    operations: new Map<string, AwsJsonOperation>([
      ['DescribeLogGroups', (call) => describeLogGroups(ports, call)],
      ['DescribeLogStreams', describeLogStreams(ports)],
      ['GetLogEvents', getLogEvents(ports)],
      ['FilterLogEvents', filterLogEvents(ports)],
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

const groupsRequest = z.object({
  logGroupNamePrefix: z.string().min(1).max(512).optional(),
  logGroupNamePattern: z.string().max(512).optional(),
  limit: z.number().int().min(1).max(50).default(50),
  nextToken,
});

/** https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_DescribeLogGroups.html */
function describeLogGroups(ports: LogsServicePorts, call: AwsJsonCall): JsonObject {
  const { authorize, logGroups } = ports;
  const {
    logGroupNamePrefix: prefix = '',
    logGroupNamePattern: part = '',
    ...page
  } = requested(groupsRequest, call.body);
  permit(authorize, call, 'logs:DescribeLogGroups', groupArn(call, '*'));
  if (prefix !== '' && part !== '') {
    throw invalidParameter('LogGroup name prefix and LogGroup name pattern are mutually exclusive parameters.');
  }
  const start = groupArn(call, '').replace(/:\*$/, '');
  const names = logGroups
    .under(`${start}${prefix}`)
    .map((arn) => arn.slice(start.length).replace(/:\*$/, ''))
    .filter((name) => name.includes(part));
  const of = ['DescribeLogGroups', start, prefix, part];
  const { items, next } = pageOf(names, { of, size: page.limit, token: page.nextToken });
  return { logGroups: items.map((name) => described(ports, groupOf(call, name))), ...next };
}

function described(
  { handler, logGroups }: LogsServicePorts,
  group: LiveResource & { readonly arn: string },
): JsonObject {
  const { RetentionInDays: retentionInDays, LogGroupClass: logGroupClass } = livePropertiesOf(handler, group) ?? {};
  const known = logGroups.get(group.arn);
  return defined({
    logGroupName: group.name,
    arn: group.arn,
    logGroupArn: group.arn.replace(/:\*$/, ''),
    creationTime: known?.createdAt ?? 0,
    metricFilterCount: 0,
    storedBytes: known?.storedBytes ?? 0,
    logGroupClass: textOf(logGroupClass ?? 'STANDARD'),
    retentionInDays: retentionInDays === undefined ? undefined : Number(retentionInDays),
  });
}

function groupOf(call: AwsJsonCall, name: string) {
  const { principal, region } = call;
  return { type: 'AWS::Logs::LogGroup', name, arn: groupArn(call, name), account: principal.account, region } as const;
}
