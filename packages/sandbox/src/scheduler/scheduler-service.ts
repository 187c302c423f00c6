import { type JsonObject, objectOf, textOf } from '@crosswind/aws/json';
import { partitionOf } from '@crosswind/aws/partition';
import { AwsJsonError } from '../aws-json/aws-json-error.ts';
import { type AwsJsonCall, type AwsJsonOperation, awsJsonService } from '../aws-json/aws-json-service.ts';
import { pager } from '../aws-json/pager.ts';
import { permit } from '../aws-json/permit.ts';
import type { HttpService } from '../endpoint.ts';
import type { Authorize } from '../iam/authorizer.ts';
import type { Protocol } from '../protocols/protocol.ts';
import { restJsonProtocol } from '../protocols/rest-json-protocol.ts';
import type { DeployedSchedule, Schedules } from './schedules.ts';

export interface SchedulerServicePorts {
  readonly authorize: Authorize;
  readonly schedules: Schedules;
}

/** EventBridge Scheduler over HTTP: schedules are read. */
export const schedulerService = (ports: SchedulerServicePorts): HttpService =>
  awsJsonService({
    title: 'EventBridge Scheduler',
    signingName: 'scheduler',
    target: 'AWSScheduler',
    version: '1.1',
    operations: new Map<string, AwsJsonOperation>([
      ['GetSchedule', (call) => getSchedule(ports, call)],
      ['ListSchedules', (call) => listSchedules(ports, call)],
    ]),
    others: [restProtocol],
  });

/** `GET /schedules/{Name}` and `GET /schedules`, with the other fields in the query. */
const restProtocol: Protocol = {
  ...restJsonProtocol,
  asked: ({ method = '', url = '' }) => {
    const { pathname, searchParams } = new URL(url, 'http://localhost');
    const [, folder, name] = pathname.split('/').map(decodeURIComponent);
    const query: JsonObject = Object.fromEntries(searchParams);
    if (method !== 'GET' || folder !== 'schedules') return { operation: '', body: {} };
    return name === undefined || name === ''
      ? { operation: 'ListSchedules', body: query }
      : { operation: 'GetSchedule', body: { GroupName: query['groupName'] ?? 'default', Name: name } };
  },
};

/** https://docs.aws.amazon.com/scheduler/latest/APIReference/API_GetSchedule.html */
function getSchedule({ authorize, schedules }: SchedulerServicePorts, call: AwsJsonCall): JsonObject {
  const { principal, region, body } = call;
  const name = textOf(body['Name']);
  const place = `schedule/${textOf(body['GroupName'])}/${name}`;
  const arn = `arn:${partitionOf(region)}:scheduler:${region}:${principal.account}:${place}`;
  permit(authorize, call, 'scheduler:GetSchedule', arn);
  const schedule = schedules.all.find((each) => each.arn === arn);
  if (!schedule) throw new AwsJsonError('ResourceNotFoundException', `Schedule ${name} does not exist.`, 404);
  const { properties } = schedule;
  const dates = ['StartDate', 'EndDate'].flatMap((field) =>
    properties[field] === undefined ? [] : [[field, Date.parse(textOf(properties[field])) / 1_000] as const],
  );
  return {
    ...properties,
    ...Object.fromEntries(dates),
    ...summaryOf(schedule),
    ScheduleExpressionTimezone: properties['ScheduleExpressionTimezone'] ?? 'UTC',
    Target: {
      ...objectOf(properties['Target']),
      RetryPolicy: {
        MaximumEventAgeInSeconds: schedule.target.maximumEventAgeMilliseconds / 1_000,
        MaximumRetryAttempts: schedule.target.maximumRetryAttempts,
      },
    },
    ActionAfterCompletion: 'NONE',
  };
}

/** https://docs.aws.amazon.com/scheduler/latest/APIReference/API_ListSchedules.html */
function listSchedules({ authorize, schedules }: SchedulerServicePorts, call: AwsJsonCall): JsonObject {
  const { principal, region, body } = call;
  permit(authorize, call, 'scheduler:ListSchedules', '*');
  const { ScheduleGroup: group, NamePrefix: prefix, State: state, MaxResults: most, NextToken: token } = body;
  const filters = { group, prefix, state };
  const { items, next } = pages.pageOf(schedules.all, {
    of: ['ListSchedules', principal.account, region, filters],
    size: Number(most ?? 100),
    ...(token !== undefined && { token: textOf(token) }),
    filter: (each) =>
      each.account === principal.account &&
      each.region === region &&
      (group === undefined || each.group === group) &&
      (prefix === undefined || each.name.startsWith(textOf(prefix))) &&
      (state === undefined || stateOf(each) === state),
  });
  return { Schedules: items.map(summaryOf), ...next };
}

const pages = pager('NextToken', () => new AwsJsonError('ValidationException', 'Invalid NextToken.'));

const stateOf = ({ isEnabled }: DeployedSchedule): string => (isEnabled ? 'ENABLED' : 'DISABLED');

const summaryOf = (schedule: DeployedSchedule): JsonObject => ({
  Arn: schedule.arn,
  Name: schedule.name,
  GroupName: schedule.group,
  State: stateOf(schedule),
  Target: { Arn: schedule.target.arn },
  CreationDate: schedule.createdAt / 1_000,
  LastModificationDate: schedule.changedAt / 1_000,
});
