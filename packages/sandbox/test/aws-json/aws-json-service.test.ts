import { once } from 'node:events';
import { connect } from 'node:net';
import { describe, expect, onTestFinished, test } from 'vitest';
import { AwsJsonError } from '../../src/aws-json/aws-json-error.ts';
import { type AwsJsonOperation, awsJsonService } from '../../src/aws-json/aws-json-service.ts';
import { openEndpoint } from '../../src/endpoint.ts';
import type { Credentials } from '../../src/iam/session-credentials.ts';
import { Sessions } from '../../src/iam/sessions.ts';
import { signedHeaders } from '../signed-request.ts';

const echo: AwsJsonOperation = ({ principal, region, body }) => ({ caller: principal.roleArn, region, body });
const refuse: AwsJsonOperation = () => {
  throw new AwsJsonError('TooMuch', 'too much of it');
};
const breakDown: AwsJsonOperation = () => {
  throw new Error('broken');
};

const roleArn = 'arn:aws:iam::444444444444:role/caller';

/** A service with three operations, credentials for it, and a way to send it anything. */
async function service() {
  const sessions = new Sessions(() => ({ allowed: true, reason: 'a test' }));
  const sessionArn = 'arn:aws:sts::444444444444:assumed-role/caller/session';
  const credentials = sessions.credentials({ kind: 'role', roleArn, sessionArn, account: '444444444444' });
  const operations = new Map([
    ['Echo', echo],
    ['Refuse', refuse],
    ['BreakDown', breakDown],
  ]);
  const props = { title: 'Harbor', signingName: 'harbor', target: 'Harbor_2026', version: '1.0' } as const;
  const endpoint = await openEndpoint({
    services: [awsJsonService({ ...props, operations })],
    authenticate: (id, token) => sessions.authenticate(id, token),
  });
  onTestFinished(() => endpoint.close());
  const headersOf = (body: string, { target = 'Harbor_2026.Echo', service: name = 'harbor', ...sent }: Sent = {}) => {
    const headers: Readonly<Record<string, string>> = target === '' ? {} : { 'x-amz-target': target };
    if (sent.isUnsigned) return headers;
    const signing = { credentials: { ...credentials, ...sent.credentials }, service: name, region: 'eu-west-1' };
    return signedHeaders({ url: `${endpoint.url}/`, headers, body }, signing);
  };
  const send = async (body: string | undefined, sent: Sent = {}) => {
    const headers = headersOf(body ?? '', sent);
    const response = await fetch(endpoint.url, { method: 'POST', body, headers });
    return { status: response.status, headers: response.headers, body: await response.text() };
  };
  return { url: new URL(endpoint.url), headersOf, send };
}

/** Differences of a request from the default one. */
interface Sent {
  readonly target?: string;
  readonly service?: string;
  readonly isUnsigned?: boolean;
  readonly credentials?: Partial<Credentials>;
}

describe('a service with the JSON protocol', () => {
  test('answers the operation that a header names, knowing who asks and where', async () => {
    const { send } = await service();
    const { status, headers, body } = await send('{"a":1}');
    expect([status, headers.get('content-type')]).toEqual([200, 'application/x-amz-json-1.0']);
    expect(JSON.parse(body)).toEqual({ caller: roleArn, region: 'eu-west-1', body: { a: 1 } });
  });

  test('numbers its answers', async () => {
    const { send } = await service();
    const ids = [await send('{}'), await send('{}')].map(({ headers }) => headers.get('x-amzn-requestid'));
    expect(ids).toEqual(['SIMULATED0000001', 'SIMULATED0000002']);
  });

  test.each([
    ['no body', undefined, {}],
    ['fields that are null', '{"a":null,"b":{"c":null}}', { b: { c: null } }],
    ['letters of many bytes', `{"a":"${'ü🌀'.repeat(100_000)}"}`, { a: 'ü🌀'.repeat(100_000) }],
  ])('understands %s', async (_, sent, understood) => {
    const { send } = await service();
    expect(JSON.parse((await send(sent)).body)).toHaveProperty('body', understood);
  });

  test.each<[string, Sent]>([
    ['that is signed for it', { target: '' }],
    ['with its name in the header', { isUnsigned: true }],
  ])('takes a request %s', async (_, sent) => {
    const { send } = await service();
    expect((await send('{}', sent)).status).toBe(400);
  });

  test('leaves other requests to other services', async () => {
    const { send } = await service();
    expect((await send('{}', { service: 's3', target: '' })).status).toBe(501);
    expect((await send('{}', { service: 's3', target: 'Harbor_2026x.Echo' })).status).toBe(501);
  });

  const json = 'the body of the request is not';
  test.each<[string, Sent, string, number, string, string | RegExp]>([
    ['what an operation refuses', { target: 'Harbor_2026.Refuse' }, '{}', 400, 'TooMuch', 'too much of it'],
    [
      'an operation that it does not know',
      { target: 'Harbor_2026.Predict' },
      '{}',
      400,
      'UnknownOperationException',
      'the simulated Harbor does not know Harbor_2026.Predict (see docs/sandbox-support.md)',
    ],
    [
      'an operation of another service',
      { target: 'Climate_2026.Echo' },
      '{}',
      400,
      'UnknownOperationException',
      'the simulated Harbor does not know Climate_2026.Echo (see docs/sandbox-support.md)',
    ],
    [
      'a request without a signature',
      { isUnsigned: true },
      '{}',
      400,
      'MissingAuthenticationTokenException',
      'Missing Authentication Token',
    ],
    [
      'a stranger',
      { credentials: { sessionToken: 'another' } },
      '{}',
      400,
      'UnrecognizedClientException',
      'The security token included in the request is invalid.',
    ],
    [
      'whoever does not know the secret',
      { credentials: { secretAccessKey: 'guessed' } },
      '{}',
      400,
      'InvalidSignatureException',
      /^The request signature we calculated does not match/,
    ],
    [
      'a signature for another service',
      { service: 's3' },
      '{}',
      400,
      'InvalidSignatureException',
      "Credential should be scoped to correct service: 'harbor'.",
    ],
    ['half a body', {}, '{"a":', 400, 'SerializationException', new RegExp(`^${json} JSON: SyntaxError`)],
    ['a list', {}, '[]', 400, 'SerializationException', `${json} a JSON object`],
    ['a text', {}, '"a"', 400, 'SerializationException', `${json} a JSON object`],
    ['null', {}, 'null', 400, 'SerializationException', `${json} a JSON object`],
    [
      'more than a megabyte',
      {},
      `{"a":"${'x'.repeat(1_048_569)}"}`,
      413,
      'RequestEntityTooLargeException',
      'the request has more than 1048576 bytes',
    ],
    [
      'what breaks it',
      { target: 'Harbor_2026.BreakDown' },
      '{}',
      500,
      'InternalFailure',
      'the simulated Harbor failed: Error: broken',
    ],
  ])('refuses %s', async (_, sent, body, status, code, message) => {
    const { send } = await service();
    const answer = await send(body, sent);
    expect(answer.status).toBe(status);
    const refusal = JSON.parse(answer.body) as { __type: string; message: string };
    expect(refusal.__type).toBe(code);
    if (typeof message === 'string') expect(refusal.message).toBe(message);
    else expect(refusal.message).toMatch(message);
    expect((await send('{}')).status).toBe(200);
  });

  test('takes a megabyte', async () => {
    const { send } = await service();
    const body = `{"a":"${'x'.repeat(1_048_568)}"}`;
    expect([body.length, (await send(body)).status]).toEqual([1_048_576, 200]);
  });

  test('survives a client that leaves in the middle of a request', async () => {
    const { url, headersOf, send } = await service();
    const socket = connect(Number(url.port), url.hostname);
    const lines = Object.entries({ ...headersOf('{}'), host: url.host, 'content-length': '100' }).map(
      ([name, value]) => `${name}: ${value}`,
    );
    socket.write(`POST / HTTP/1.1\r\n${lines.join('\r\n')}\r\n\r\n{"half`);
    await new Promise((resolve) => setTimeout(resolve, 20));
    socket.destroy();
    await once(socket, 'close');
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect((await send('{}')).status).toBe(200);
  });
});
