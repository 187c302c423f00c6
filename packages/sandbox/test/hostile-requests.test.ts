import { readdirSync } from 'node:fs';
import { request } from 'node:http';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Credentials } from '../src/iam/session-credentials.ts';
import { type Sandbox, openSandbox } from '../src/sandbox.ts';
import { sendSigned, signedHeaders } from './signed-request.ts';

const account = '444444444444';
const other = '333333333333';

let sandbox: Sandbox;
let credentials: Credentials;
beforeAll(async () => {
  sandbox = await openSandbox();
  const { identities, sessions, storage } = sandbox;
  const arn = `arn:aws:iam::${account}:role/all`;
  const role = identities.addRole({ arn, name: 'all', account, trust: { Statement: [] } });
  role.policies.push({ name: 'all', document: { Statement: { Effect: 'Allow', Action: '*', Resource: '*' } } });
  const sessionArn = `arn:aws:sts::${account}:assumed-role/all/test`;
  credentials = sessions.credentials({ kind: 'role', roleArn: arn, sessionArn, account });
  storage.createBucket({ name: 'mine', account, region: 'us-east-1' });
  storage.createBucket({ name: 'theirs', account: other, region: 'us-east-1' });
  storage.seed({ bucket: 'theirs', key: 'secret' }, Buffer.from('do not read this'));
});
afterAll(() => sandbox.close());

/** Sends these bytes on a connection of their own and returns the answer. */
async function raw(bytes: string): Promise<string> {
  const { port, hostname } = new URL(sandbox.endpointUrl);
  const socket = connect(Number(port), hostname);
  socket.on('error', () => undefined);
  socket.setTimeout(2_000, () => socket.destroy());
  socket.end(bytes.replaceAll('\n', '\r\n'), 'latin1');
  return text(socket).catch(() => '');
}

/** The sandbox still answers. */
async function works(): Promise<void> {
  const listed = await sendSigned({ method: 'GET', url: `${sandbox.endpointUrl}/` }, { credentials, service: 's3' });
  expect([listed.status, await listed.text()]).toEqual([200, expect.stringContaining('<Name>mine</Name>')]);
}

const target = 'Host: x\nX-Amz-Target: AWSStepFunctions.ListStateMachines\n';

describe('bytes that are no proper request are refused, and the others served on', () => {
  test.each([
    ['no HTTP', 'wind wind wind\n\n', / 400 /],
    ['no host', 'GET / HTTP/1.1\n\n', / 400 /],
    ['another version', 'GET / HTTP/9.9\nHost: x\n\n', / 400 /],
    ['a method that nobody knows', 'BLOW / HTTP/1.1\nHost: x\n\n', / 400 /],
    ['a method that no service has', 'PROPFIND /mine/key HTTP/1.1\nHost: x\n\n', / 501 .*PROPFIND of an object/s],
    ['a tunnel', 'CONNECT example.com:443 HTTP/1.1\nHost: x\n\n', /^$/],
    ['a header of 20 KB', `GET / HTTP/1.1\nHost: x\nA: ${'a'.repeat(20_000)}\n\n`, / 431 /],
    ['a thousand headers', `GET / HTTP/1.1\nHost: x\n${'A: b\n'.repeat(5_000)}\n`, / (431|403) /],
    ['a negative length', 'PUT /mine/k HTTP/1.1\nHost: x\nContent-Length: -1\n\n', / 400 /],
    ['two lengths', 'PUT /mine/k HTTP/1.1\nHost: x\nContent-Length: 1\nContent-Length: 2\n\nxx', / 400 /],
    ['broken chunks', 'POST / HTTP/1.1\nHost: x\nTransfer-Encoding: chunked\n\nzz\nx\n0\n\n', / 400 /],
    ['a body that will be too long', `POST / HTTP/1.1\n${target}Content-Length: 99999999999\n\n{`, / 413 /],
    ['half a body', `POST / HTTP/1.1\n${target}Content-Length: 10\n\n{`, /^$|400/],
    ['a URL of another host', 'GET http://example.com/mine/k HTTP/1.1\nHost: x\n\n', / 404 .*NoSuchBucket/s],
    ['half a percent sign', 'GET /mine/% HTTP/1.1\nHost: x\n\n', / 400 .*InvalidArgument/s],
    ['a path out of the folder', 'GET /mine/../../../../etc/passwd HTTP/1.1\nHost: x\n\n', / 403 .*AccessDenied/s],
    ['a NUL', 'GET /mine/%00 HTTP/1.1\nHost: x\n\n', / 403 .*AccessDenied/s],
    [
      'a signature of 10 KB',
      `POST / HTTP/1.1\n${target}Authorization: ${'A=,'.repeat(3_000)}\n\n`,
      / 400 .*IncompleteSignature/s,
    ],
    [
      'a credential of slashes',
      `POST / HTTP/1.1\n${target}Authorization: AWS4-HMAC-SHA256 Credential=${'/'.repeat(5_000)}, SignedHeaders=a, Signature=b\n\n`,
      / 400 .*5 slash-delimited/s,
    ],
  ])('%s', async (_, bytes, answered) => {
    expect(await raw(bytes)).toMatch(answered);
    await works();
  });
});

describe('bodies that are signed but not right are refused, and the others served on', () => {
  const deep = '['.repeat(500_000);
  test.each([
    ['half an object', '{"maxResults":', 'SerializationException'],
    ['very deep', `{"maxResults":${deep}${']'.repeat(500_000)}}`, 'SerializationException'],
    ['very deep and broken', deep, 'SerializationException'],
    ['a text for a number', '{"maxResults":"all"}', 'SerializationException'],
    ['a huge number', '{"maxResults":1e400}', 'SerializationException'],
    ['bytes that are no text', '\u0000\uFFFF', 'SerializationException'],
  ])('JSON: %s', async (_, body, code) => {
    const headers = { 'x-amz-target': 'AWSStepFunctions.ListStateMachines' };
    const asked = { url: `${sandbox.endpointUrl}/`, headers, body };
    const response = await sendSigned(asked, { credentials, service: 'states' });
    expect([response.status, await response.text()]).toEqual([400, expect.stringContaining(code)]);
    await works();
  });

  test('JSON with keys that objects have anyhow is read as any other', async () => {
    const headers = { 'x-amz-target': 'AWSStepFunctions.ListStateMachines' };
    const body = '{"__proto__":{"maxResults":0},"constructor":1}';
    const response = await sendSigned(
      { url: `${sandbox.endpointUrl}/`, headers, body },
      { credentials, service: 'states' },
    );
    expect([response.status, await response.json()]).toEqual([200, { stateMachines: [] }]);
  });

  test.each([
    ['nothing', ''],
    ['no form', '%%%&&&==='],
    ['an action of another kind', 'Action=__proto__'],
    ['an action of 10 KB', `Action=${'a'.repeat(10_000)}`],
    ['markup', 'Action=%3Cb%3E'],
  ])('the query protocol: %s', async (_, body) => {
    const response = await sendSigned({ url: `${sandbox.endpointUrl}/`, body }, { credentials, service: 'sts' });
    expect([response.status, await response.text()]).toEqual([
      501,
      expect.stringContaining('<Code>NotImplemented</Code>'),
    ]);
    await works();
  });
});

describe('keys that look like paths', () => {
  /** Sends a path as it is, which fetch would tidy up. */
  async function send(method: string, path: string, body = ''): Promise<readonly [number | undefined, string]> {
    const payloadHash = 'UNSIGNED-PAYLOAD';
    const { host, hostname, port } = new URL(sandbox.endpointUrl);
    const asked = { method, url: `http://${host}${path}`, payloadHash };
    // The signature is made over the path as `URL` writes it, so what `URL` would tidy up is sent encoded.
    const headers = { ...signedHeaders(asked, { credentials, service: 's3' }), 'content-length': body.length };
    return new Promise((resolve, reject) => {
      const sent = request({ hostname, port, method, path, headers }, (response) => {
        void text(response).then((answered) => {
          resolve([response.statusCode, answered]);
        });
      });
      sent.on('error', reject).end(body);
    });
  }

  test.each(['%2E%2E%2F%2E%2E%2Fescaped', '..%2f..%2fescaped', '%2Fetc%2Fpasswd', '..%5C..%5Cescaped', 'a%00b', 'CON'])(
    '%s are keys, and nothing on this machine',
    async (key) => {
      const before = readdirSync(tmpdir());
      expect(await send('PUT', `/mine/${key}`, 'wind')).toEqual([200, '']);
      expect(await send('GET', `/mine/${key}`)).toEqual([200, 'wind']);
      expect(sandbox.storage.bucket('mine')?.objects.has(decodeURIComponent(key))).toBe(true);
      const added = readdirSync(tmpdir()).filter((name) => !before.includes(name));
      expect(added.filter((name) => name.includes('escaped'))).toEqual([]);
    },
  );
});

describe("another account's data", () => {
  const states = (operation: string, body: object) => ({
    headers: { 'x-amz-target': `AWSStepFunctions.${operation}` },
    body: JSON.stringify(body),
  });
  const execution = `arn:aws:states:us-east-1:${other}:execution:machine:run`;

  test.each([
    ['an object', 's3', { method: 'GET', path: '/theirs/secret' }],
    ['a list of objects', 's3', { method: 'GET', path: '/theirs?list-type=2' }],
    ['whether there is an object', 's3', { method: 'GET', path: '/theirs/none' }],
    [
      'an object by way of a copy',
      's3',
      { method: 'PUT', path: '/mine/copy', headers: { 'x-amz-copy-source': 'theirs/secret' } },
    ],
    ['an upload', 's3', { method: 'POST', path: '/theirs/secret?uploads' }],
    ['an execution', 'states', states('DescribeExecution', { executionArn: execution })],
    ['a history', 'states', states('GetExecutionHistory', { executionArn: execution })],
    [
      'a start',
      'states',
      states('StartExecution', { stateMachineArn: execution.replace('execution', 'stateMachine').replace(':run', '') }),
    ],
    ['a function', 'lambda', { path: `/2015-03-31/functions/${other}%3Afunction%3Afn/invocations` }],
    ['a role', 'sts', { body: `Action=AssumeRole&RoleArn=arn:aws:iam::${other}:role/admin&RoleSessionName=me` }],
  ])(
    'is refused: %s',
    async (
      _,
      service,
      { path = '/', ...asked }: { path?: string; method?: string; body?: string; headers?: Record<string, string> },
    ) => {
      const response = await sendSigned({ url: `${sandbox.endpointUrl}${path}`, ...asked }, { credentials, service });
      const answered = await response.text();
      expect(response.status).toBeGreaterThanOrEqual(400);
      expect(answered + (response.headers.get('x-amzn-errortype') ?? '')).toContain('AccessDenied');
      expect(answered).not.toContain('do not read this');
      await works();
    },
  );
});
