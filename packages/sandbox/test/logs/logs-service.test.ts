import { describe, expect, test } from 'vitest';
import type { JsonObject } from '@crosswind/aws/json';
import type { Sandbox } from '../../src/sandbox.ts';
import { allow, lambda, logGroup, now, role, sandboxWith } from '../../src/testing/literals.ts';
import { sendSigned } from '../signed-request.ts';
import { credentialsAs } from '../sts/callers.ts';

const account = '444444444444';
const arn = `arn:aws:logs:us-east-1:${account}:log-group:mine:*`;
const reading = ['logs:DescribeLogGroups', 'logs:DescribeLogStreams', 'logs:GetLogEvents', 'logs:FilterLogEvents'];

type Answer = Readonly<Record<string, unknown>> & { readonly events?: readonly { readonly message: string }[] };

/** A sandbox with the groups `mine` and `other`, and calls of a role that may do what the statements say. */
async function logsWith(...statements: readonly JsonObject[]) {
  const resources = { Mine: logGroup('mine'), Other: logGroup('other'), Caller: role('caller', lambda, ...statements) };
  const sandbox = await sandboxWith([{ account, resources }]);
  const credentials = credentialsAs(sandbox, `arn:aws:iam::${account}:role/caller`);
  const call = async (operation: string, body: JsonObject): Promise<Answer> => {
    const headers = { 'x-amz-target': `Logs_20140328.${operation}`, 'content-type': 'application/x-amz-json-1.1' };
    const request = { url: `${sandbox.endpointUrl}/`, headers, body: JSON.stringify(body) };
    return (await (await sendSigned(request, { credentials, service: 'logs' })).json()) as Answer;
  };
  return { sandbox, call };
}

const write = ({ logGroups }: Sandbox, stream: string, at: number, message: string): void => {
  logGroups.write(arn, stream, [{ timestamp: at, message }]);
};

/** Five events of two streams, a second apart, some seconds later. */
async function five() {
  const logs = await logsWith(allow(reading));
  for (let n = 0; n < 5; n++) write(logs.sandbox, n % 2 === 0 ? 'even' : 'odd', now + n * 1_000, `event ${n}`);
  await logs.sandbox.simulation.elapse(10_000);
  return logs;
}

const textsIn = ({ events = [] }: Answer): readonly string[] => events.map(({ message }) => message);
const texts = (...numbers: readonly number[]): readonly string[] => numbers.map((n) => `event ${n}`);

describe('FilterLogEvents', () => {
  test.each<[string, JsonObject, readonly number[]]>([
    ['all of a group', {}, [0, 1, 2, 3, 4]],
    ['of a stream', { logStreamNames: ['odd'] }, [1, 3]],
    ['of streams by their prefix', { logStreamNamePrefix: 'e' }, [0, 2, 4]],
    ['from a time on', { startTime: now + 3_000 }, [3, 4]],
    ['up to a time', { endTime: now + 1_000 }, [0, 1]],
    ['that match a pattern', { filterPattern: '?2 ?4' }, [2, 4]],
  ])('finds events %s', async (_, body, numbers) => {
    const { call } = await five();
    expect(textsIn(await call('FilterLogEvents', { logGroupName: 'mine', ...body }))).toEqual(texts(...numbers));
  });

  test('says of an event its stream, time and id', async () => {
    const { call } = await five();
    const { events = [] } = await call('FilterLogEvents', { logGroupIdentifier: arn.replace(/:\*$/, ''), limit: 1 });
    expect(events).toEqual([
      {
        eventId: expect.stringMatching(/^\d{56}$/) as unknown,
        logStreamName: 'even',
        timestamp: now,
        message: 'event 0',
        ingestionTime: now,
      },
    ]);
  });

  test('goes on with its token, also when events have come meanwhile, and takes no foreign one', async () => {
    const { sandbox, call } = await five();
    const first = await call('FilterLogEvents', { logGroupName: 'mine', limit: 3 });
    expect(textsIn(first)).toEqual(texts(0, 1, 2));
    write(sandbox, 'odd', now + 5_000, 'event 5');
    const { nextToken = '' } = first as { nextToken?: string };
    const next = await call('FilterLogEvents', { logGroupName: 'mine', limit: 3, nextToken });
    expect(textsIn(next)).toEqual(texts(3, 4, 5));
    expect(next['nextToken']).toBeUndefined();
    expect(await call('FilterLogEvents', { logGroupName: 'other', nextToken })).toEqual({
      __type: 'InvalidParameterException',
      message: 'The specified nextToken is invalid.',
    });
  });

  test('refuses a pattern that the sandbox does not support, by name', async () => {
    const { call } = await five();
    expect(await call('FilterLogEvents', { logGroupName: 'mine', filterPattern: '[a, b]' })).toMatchObject({
      __type: 'InvalidParameterException',
      message: expect.stringContaining('no space-delimited filter pattern, got [a, b]') as unknown,
    });
  });
});

describe('GetLogEvents', () => {
  const get = { logGroupName: 'mine', logStreamName: 'even' };

  test('gives the newest page, and earlier ones with its token back', async () => {
    const { call } = await five();
    const page = await call('GetLogEvents', { ...get, limit: 2 });
    expect(textsIn(page)).toEqual(texts(2, 4));
    const earlier = await call('GetLogEvents', { ...get, limit: 2, nextToken: String(page['nextBackwardToken']) });
    expect(textsIn(earlier)).toEqual(texts(0));
  });

  test('gives pages from the first event on, the same token at the end, and then what has come', async () => {
    const { sandbox, call } = await five();
    const page = await call('GetLogEvents', { ...get, startFromHead: true, endTime: now + 4_000 });
    expect(textsIn(page)).toEqual(texts(0, 2));
    const rest = await call('GetLogEvents', { ...get, nextToken: String(page['nextForwardToken']) });
    expect(textsIn(rest)).toEqual(texts(4));
    const nextToken = String(rest['nextForwardToken']);
    const end = await call('GetLogEvents', { ...get, nextToken });
    expect([textsIn(end), end['nextForwardToken']]).toEqual([[], nextToken]);
    write(sandbox, 'even', now + 6_000, 'event 6');
    expect(textsIn(await call('GetLogEvents', { ...get, nextToken }))).toEqual(texts(6));
  });

  test('finds no stream that is not there', async () => {
    const { call } = await five();
    expect(await call('GetLogEvents', { ...get, logStreamName: 'none' })).toEqual({
      __type: 'ResourceNotFoundException',
      message: 'The specified log stream does not exist.',
    });
  });
});

describe('DescribeLogStreams', () => {
  const namesIn = (answer: Answer): readonly unknown[] =>
    (answer['logStreams'] as readonly { logStreamName: string }[]).map(({ logStreamName }) => logStreamName);

  test.each<[string, JsonObject, readonly string[]]>([
    ['by name', {}, ['even', 'odd']],
    ['by prefix', { logStreamNamePrefix: 'o' }, ['odd']],
    ['by their last event, the newest first', { orderBy: 'LastEventTime', descending: true }, ['even', 'odd']],
    ['in pages', { limit: 1 }, ['even']],
  ])('lists streams %s', async (_, body, names) => {
    const { call } = await five();
    expect(namesIn(await call('DescribeLogStreams', { logGroupName: 'mine', ...body }))).toEqual(names);
  });
});

test('DescribeLogGroups lists groups by a part of their name, with their size', async () => {
  const { call } = await five();
  expect(await call('DescribeLogGroups', { logGroupNamePattern: 'in' })).toEqual({
    logGroups: [
      {
        logGroupName: 'mine',
        arn,
        logGroupArn: arn.replace(/:\*$/, ''),
        creationTime: now,
        metricFilterCount: 0,
        storedBytes: 165,
        logGroupClass: 'STANDARD',
      },
    ],
  });
});

describe('a caller', () => {
  const streamArn = arn.replace(/\*$/, 'log-stream:even');
  const calls: readonly [string, JsonObject, string][] = [
    ['DescribeLogStreams', { logGroupName: 'mine' }, arn],
    ['GetLogEvents', { logGroupName: 'mine', logStreamName: 'even' }, streamArn],
    ['FilterLogEvents', { logGroupName: 'mine' }, arn],
  ];

  test.each(calls)('who may not call %s is denied', async (operation, body, resource) => {
    const { call } = await logsWith(allow(`logs:${operation}`, resource.replace(':mine:', ':other:')));
    expect(await call(operation, body)).toMatchObject({
      __type: 'AccessDeniedException',
      message: expect.stringContaining(
        `is not authorized to perform: logs:${operation} on resource: ${resource}`,
      ) as unknown,
    });
  });

  test.each(calls)('who may call %s on that resource alone is answered', async (operation, body, resource) => {
    const { sandbox, call } = await logsWith(allow(`logs:${operation}`, resource));
    write(sandbox, 'even', now, 'event');
    expect(await call(operation, body)).not.toHaveProperty('__type');
  });

  test('learns that a group is not there, and that another account is not read', async () => {
    const { call } = await logsWith(allow(reading));
    expect(await call('FilterLogEvents', { logGroupName: 'none' })).toEqual({
      __type: 'ResourceNotFoundException',
      message: 'The specified log group does not exist.',
    });
    const elsewhere = arn.replace(account, '555555555555');
    expect(await call('FilterLogEvents', { logGroupIdentifier: elsewhere })).toMatchObject({
      __type: 'InvalidParameterException',
      message: expect.stringContaining("the caller's own account and region only") as unknown,
    });
  });
});
