import { describe, expect, test } from 'vitest';
import { type Received, type Verification, senderOf } from '../../src/signatures/sender.ts';
import { sha256 } from '../../src/signatures/signature.ts';
import { type Signing, type TestRequest, signedHeaders } from '../signed-request.ts';

const credentials = { accessKeyId: 'ASIA1', secretAccessKey: 'secret', sessionToken: 'token' };
const session = { kind: 'role', roleArn: 'arn:role', sessionArn: 'arn:session', account: '444444444444' } as const;
const at = Date.UTC(2026, 0, 2, 3, 4, 5);
const minute = 60_000;

const authenticate: Verification['authenticate'] = (accessKeyId, token) => {
  if (accessKeyId !== 'ASIA1') return { ok: false, reason: 'unknown key' };
  if (token !== 'token') return { ok: false, reason: 'invalid token', message: 'whose is that?' };
  return { ok: true, session, secretAccessKey: 'secret' };
};

const request: TestRequest = {
  url: 'http://127.0.0.1/path?a=1',
  headers: { 'x-amz-target': 'Harbor.Ask', accept: 'any' },
  body: 'wind',
};

/** The request as it arrives, signed, with what is changed on its way. */
function arriving(
  changes: Partial<Received> = {},
  headers: Record<string, string | undefined> = {},
  signing: Partial<Signing> = {},
): Received {
  const sent = { host: '127.0.0.1', ...signedHeaders(request, { credentials, service: 'harbor', at, ...signing }) };
  const merged: Readonly<Record<string, string | undefined>> = { ...sent, ...headers };
  const all = Object.entries(merged).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, [value]] as const],
  );
  return {
    method: 'POST',
    url: '/path?a=1',
    headers: Object.fromEntries(all),
    payloadHash: sha256('wind'),
    ...changes,
  };
}

const verified = (received: Received, now = at, service = 'harbor') =>
  senderOf(received, { authenticate, service, now });

describe('who sent a request', () => {
  test('is the session whose secret signed it, with what the signatures of chunks begin with', () => {
    expect(verified(arriving())).toEqual({
      kind: 'signed',
      principal: session,
      region: 'us-east-1',
      seed: {
        key: expect.any(Buffer) as Buffer,
        timestamp: '20260102T030405Z',
        scope: '20260102/us-east-1/harbor/aws4_request',
        signature: expect.stringMatching(/^[0-9a-f]{64}$/) as string,
      },
    });
  });

  test.each<[string, Received]>([
    ['another method', arriving({ method: 'PUT' })],
    ['another path', arriving({ url: '/paths?a=1' })],
    ['another query', arriving({ url: '/path?a=2' })],
    ['another body', arriving({ payloadHash: sha256('mind') })],
    ['another signed header', arriving({}, { accept: 'none' })],
    ['a signed header less', arriving({}, { accept: undefined })],
    ['another host', arriving({}, { host: 'localhost' })],
    ['another secret', arriving({}, {}, { credentials: { ...credentials, secretAccessKey: 'guessed' } })],
  ])('is not known with %s than was signed', (_, received) => {
    expect(verified(received)).toEqual({ kind: 'refused', refusal: { reason: 'wrong signature', message: undefined } });
  });

  test('may add a header that is not signed, unless it is one of AWS', () => {
    expect(verified(arriving({}, { 'user-agent': 'test' })).kind).toBe('signed');
    expect(verified(arriving({}, { 'x-amz-acl': 'public' }))).toMatchObject({
      refusal: { reason: 'unsigned headers', message: expect.stringContaining('x-amz-acl') as string },
    });
  });

  test.each<[string, Received, string, string]>([
    ['another service', arriving({}, {}, { service: 's3' }), 'wrong scope', "correct service: 'harbor'"],
    [
      'another day',
      arriving({}, { 'x-amz-date': '20260103T000000Z' }),
      'wrong scope',
      "'20260102' != '20260103', from '20260103T000000Z'",
    ],
  ])('is not known with a signature for %s', (_, received, reason, message) => {
    expect(verified(received)).toMatchObject({
      refusal: { reason, message: expect.stringContaining(message) as string },
    });
  });

  test('is not known where the host is not signed', () => {
    const { headers } = arriving();
    const [authorization = ''] = headers['authorization'] ?? [];
    const received = arriving({}, { authorization: authorization.replace('host;', '') });
    expect(verified(received)).toMatchObject({ refusal: { reason: 'unsigned headers' } });
  });

  test.each<[string, Record<string, string | undefined>, string]>([
    ['no signature', { authorization: undefined }, 'unsigned'],
    ['half a signature', { authorization: 'AWS4-HMAC-SHA256 Credential=a' }, 'incomplete'],
    ['no time', { 'x-amz-date': undefined }, 'incomplete'],
    ['a time in another form', { 'x-amz-date': 'yesterday' }, 'incomplete'],
    ['the token of somebody else', { 'x-amz-security-token': 'other' }, 'invalid token'],
  ])('is not known with %s', (_, headers, reason) => {
    expect(verified(arriving({}, headers))).toMatchObject({ kind: 'refused', refusal: { reason } });
  });

  test('is not known by an access key that was never given out', () => {
    const stranger = { credentials: { ...credentials, accessKeyId: 'ASIA2' } };
    expect(verified(arriving({}, {}, stranger))).toMatchObject({ refusal: { reason: 'unknown key' } });
  });

  test.each([
    ['harbor', 5, true],
    ['harbor', -5, true],
    ['harbor', 5.1, false],
    ['harbor', -5.1, false],
    ['s3', 15, true],
    ['s3', 15.1, false],
    ['s3', -15.1, false],
  ])('for %s may be %d minutes off: %s', (service, minutes, ok) => {
    const sender = verified(arriving({}, {}, { service }), at + minutes * minute, service);
    const isSkewed = sender.kind === 'refused' && sender.refusal.reason === 'skewed clock';
    expect(isSkewed).toBe(!ok);
  });

  test('who is too late or too early learns by how much', () => {
    const message = (minutes: number): unknown => {
      const sender = verified(arriving(), at + minutes * minute);
      return sender.kind === 'refused' ? sender.refusal.message : undefined;
    };
    expect([message(10), message(-10)]).toEqual([
      'Signature expired: 20260102T030405Z is now earlier than 20260102T030905Z (20260102T031405Z - 5 min.)',
      'Signature not yet current: 20260102T030405Z is now later than 20260102T025905Z (20260102T025405Z + 5 min.)',
    ]);
  });
});
