import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { JsonObject } from '@crosswind/aws/json';
import { AwsJsonError } from '../aws-json/aws-json-error.ts';
import type { AwsJsonOperation } from '../aws-json/aws-json-service.ts';
import type { Authorize } from '../iam/authorizer.ts';
import { parseFilterPattern } from './filter-pattern.ts';
import { InvalidPattern, type Matches } from './invalid-pattern.ts';
import type { LogEvent } from './log-event.ts';
import type { LogGroups } from './log-groups.ts';
import { groupNamed } from './named-group.ts';
import { groupFields, invalidParameter, nextToken, requested, time } from './requested.ts';

export interface ReadEventsPorts {
  readonly authorize: Authorize;
  readonly logGroups: LogGroups;
  /** Milliseconds since the epoch, in virtual time. */
  readonly now: () => number;
}

/** Bytes of a page (API_GetLogEvents, API_FilterLogEvents). */
const pageBytes = 1_048_576;

const limit = z.number().int().min(1).max(10_000).default(10_000);

const getRequest = z.object({
  ...groupFields,
  logStreamName: z.string().min(1).max(512),
  startTime: time,
  endTime: time,
  limit,
  nextToken,
  startFromHead: z.boolean().default(false),
});

/**
 * https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_GetLogEvents.html
 * Both tokens always come back; a page at the end has the token that it was asked with.
 */
export const getLogEvents =
  (ports: ReadEventsPorts): AwsJsonOperation =>
  (call) => {
    const asked = requested(getRequest, call.body);
    const { logStreamName: stream, startTime = 0, endTime = Infinity, limit: most } = asked;
    const { group } = groupNamed(ports, call, 'logs:GetLogEvents', { ...asked, stream });
    if (!group.streams().some(({ name }) => name === stream)) {
      throw new AwsJsonError('ResourceNotFoundException', 'The specified log stream does not exist.');
    }
    const events = group
      .ingested(ports.now())
      .filter((event) => event.stream === stream && event.timestamp >= startTime && event.timestamp < endTime);
    const [, way, id = ''] = /^([fb])\/(\d{56})\/s$/.exec(asked.nextToken ?? '') ?? [];
    if (asked.nextToken !== undefined && way === undefined) {
      throw invalidParameter('The specified nextToken is invalid.');
    }
    const isForward = way === undefined ? asked.startFromHead : way === 'f';
    const from = way === undefined ? events : events.filter((event) => (isForward ? event.id > id : event.id < id));
    const page = isForward ? pageOf(from, most) : pageOf(from.toReversed(), most).toReversed();
    // An empty page is one at the end: asked again with its tokens, it goes on there.
    const edge = id || eventIdBefore(events, isForward);
    return {
      events: page.map(({ timestamp, message, ingestedAt }) => ({
        timestamp,
        message: message(),
        ingestionTime: ingestedAt,
      })),
      nextForwardToken: `f/${page.at(-1)?.id ?? edge}/s`,
      nextBackwardToken: `b/${page[0]?.id ?? edge}/s`,
    };
  };

const eventIdBefore = (events: readonly LogEvent[], isForward: boolean): string =>
  (isForward ? undefined : events.at(-1)?.id) ?? '0'.repeat(56);

const filterRequest = z.object({
  ...groupFields,
  logStreamNames: z.array(z.string()).min(1).max(100).optional(),
  logStreamNamePrefix: z.string().min(1).max(512).optional(),
  startTime: time,
  endTime: time,
  filterPattern: z.string().max(1_024).default(''),
  limit,
  nextToken,
  interleaved: z.boolean().optional(),
});

/** https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_FilterLogEvents.html */
export const filterLogEvents =
  (ports: ReadEventsPorts): AwsJsonOperation =>
  (call) => {
    const asked = requested(filterRequest, call.body);
    const { logStreamNames: names, logStreamNamePrefix: prefix, startTime = 0, endTime = Infinity } = asked;
    if (names && prefix !== undefined) {
      throw invalidParameter('logStreamNames and logStreamNamePrefix cannot be given together.');
    }
    const { group, arn } = groupNamed(ports, call, 'logs:FilterLogEvents', asked);
    const matches = matcherOf(asked.filterPattern);
    const of = [arn, names, prefix, asked.startTime, asked.endTime, asked.filterPattern];
    const after = idIn(asked.nextToken, of);
    const found = group.ingested(ports.now()).filter(
      ({ id, stream, timestamp, message }) =>
        id > after &&
        timestamp >= startTime &&
        // FilterLogEvents excludes what is later than its end, GetLogEvents its end, too.
        timestamp <= endTime &&
        (names?.includes(stream) ?? true) &&
        stream.startsWith(prefix ?? '') &&
        matches(message()),
    );
    const page = pageOf(found, asked.limit);
    const last = page.at(-1);
    return {
      events: page.map(filtered),
      searchedLogStreams: [],
      ...(last && page.length < found.length && { nextToken: tokenFor(last.id, of) }),
    };
  };

const filtered = ({ id, stream, timestamp, message, ingestedAt }: LogEvent): JsonObject => ({
  eventId: id,
  logStreamName: stream,
  timestamp,
  message: message(),
  ingestionTime: ingestedAt,
});

function matcherOf(pattern: string): Matches {
  try {
    return parseFilterPattern(pattern);
  } catch (error) {
    throw error instanceof InvalidPattern ? invalidParameter(error.message) : error;
  }
}

/** Events from the first on, as many as a page takes, and one at least. */
function pageOf(events: readonly LogEvent[], most: number): readonly LogEvent[] {
  let bytes = 0;
  const end = events.findIndex((event, index) => {
    bytes += event.bytes;
    return index === most || (bytes > pageBytes && index > 0);
  });
  return end < 0 ? events : events.slice(0, end);
}

/** Token for what comes after an event; it is valid for that request only. */
const tokenFor = (id: string, of: readonly unknown[]): string => {
  const digest = createHash('sha256')
    .update(JSON.stringify([id, of]))
    .digest('hex');
  return Buffer.from(`${id} ${digest}`).toString('base64url');
};

function idIn(token: string | undefined, of: readonly unknown[]): string {
  if (token === undefined) return '';
  const [id = ''] = Buffer.from(token, 'base64url').toString().split(' ');
  if (tokenFor(id, of) === token) return id;
  throw invalidParameter('The specified nextToken is invalid.');
}
