import { z } from 'zod';
import { defined, type JsonObject } from '@crosswind/aws/json';
import type { AwsJsonOperation } from '../aws-json/aws-json-service.ts';
import { pager } from '../aws-json/pager.ts';
import type { LogStream } from './log-group.ts';
import { groupNamed } from './named-group.ts';
import type { ReadEventsPorts } from './read-events.ts';
import { groupFields, invalidParameter, nextToken, requested } from './requested.ts';

export const { pageOf } = pager('nextToken', () => invalidParameter('The specified nextToken is invalid.'));

const request = z.object({
  ...groupFields,
  logStreamNamePrefix: z.string().min(1).max(512).optional(),
  orderBy: z.enum(['LogStreamName', 'LastEventTime']).default('LogStreamName'),
  descending: z.boolean().default(false),
  limit: z.number().int().min(1).max(50).default(50),
  nextToken,
});

/** https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_DescribeLogStreams.html */
export const describeLogStreams =
  (ports: Pick<ReadEventsPorts, 'authorize' | 'logGroups'>): AwsJsonOperation =>
  (call) => {
    const asked = requested(request, call.body);
    const { logStreamNamePrefix: prefix = '', orderBy, descending, limit, nextToken: token } = asked;
    if (orderBy === 'LastEventTime' && prefix !== '') {
      throw invalidParameter('Cannot order by LastEventTime with a logStreamNamePrefix.');
    }
    const { group, arn } = groupNamed(ports, call, 'logs:DescribeLogStreams', asked);
    const all = group
      .streams()
      .filter(({ name }) => name.startsWith(prefix))
      .sort(orders[orderBy]);
    const of = ['DescribeLogStreams', arn, prefix, orderBy, descending];
    const { items, next } = pageOf(descending ? all.toReversed() : all, { of, size: limit, token });
    return { logStreams: items.map((stream) => described(stream, arn)), ...next };
  };

const orders = {
  LogStreamName: (one: LogStream, other: LogStream) => (one.name < other.name ? -1 : 1),
  LastEventTime: (one: LogStream, other: LogStream) => (one.lastEventAt ?? 0) - (other.lastEventAt ?? 0),
};

const described = (
  { name, createdAt, firstEventAt, lastEventAt, lastIngestedAt }: LogStream,
  groupArn: string,
): JsonObject =>
  defined({
    logStreamName: name,
    arn: groupArn.replace(/\*$/, `log-stream:${name}`),
    creationTime: createdAt,
    firstEventTimestamp: firstEventAt,
    lastEventTimestamp: lastEventAt,
    lastIngestionTime: lastIngestedAt,
    // "The storedBytes property for streams is deprecated" and always zero (API_LogStream).
    storedBytes: 0,
  });
