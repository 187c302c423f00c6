import { createHmac } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { presigned, sendSigned } from '../signed-request.ts';
import { ACCOUNT, laboratory, REGION } from './laboratory.ts';

const lab = await laboratory({
  owner: [{ Effect: 'Allow', Action: 's3:*', Resource: '*' }],
  reader: [{ Effect: 'Allow', Action: 's3:GetObject', Resource: '*' }],
});
const minute = 60_000;

beforeAll(() => {
  lab.storage.createBucket({ name: 'winds', account: ACCOUNT, region: REGION });
  lab.storage.seed({ bucket: 'winds', key: 'a b+ü' }, Buffer.from('breeze'));
});
afterAll(async () => {
  await lab.close();
  expect(lab.failures).toEqual([]);
});

const object = (key = 'a%20b%2B%C3%BC', query = ''): string => `${lab.url}/winds/${key}${query}`;
const signing = (role = 'owner', at = Date.now()) => ({ credentials: lab.credentialsOf(role), service: 's3', at });
const codeOf = async (response: Response): Promise<readonly unknown[]> => [
  response.status,
  /<Code>(\w+)<\/Code>/.exec(await response.text())?.[1],
];

describe('a presigned URL', () => {
  test('reads an object without any header', async () => {
    expect(await (await fetch(presigned({ url: object() }, signing()))).text()).toBe('breeze');
  });

  test('reads with the headers of the answer that it names', async () => {
    const query = '?response-content-type=text%2Fcsv&response-content-disposition=attachment%3B%20filename%3D%22w%22';
    const response = await fetch(presigned({ url: object(undefined, query) }, signing()));
    expect(response.headers.get('content-type')).toBe('text/csv');
    expect(response.headers.get('content-disposition')).toBe('attachment; filename="w"');
  });

  test('asks for the head of an object, and for a range', async () => {
    const head = await fetch(presigned({ method: 'HEAD', url: object() }, signing()), { method: 'HEAD' });
    expect([head.status, head.headers.get('content-length')]).toEqual([200, '6']);
    const part = await fetch(presigned({ url: object() }, signing()), { headers: { range: 'bytes=0-1' } });
    expect([part.status, await part.text()]).toEqual([206, 'br']);
  });

  test('writes an object, with the headers that it signs or carries', async () => {
    const url = object('new', '?x-amz-meta-origin=hill');
    const headers = { 'content-type': 'text/csv' };
    const to = presigned({ method: 'PUT', url, headers }, signing());
    const response = await fetch(to, { method: 'PUT', headers, body: 'gust' });
    expect(response.status).toBe(200);
    expect(lab.storage.bucket('winds')?.objects.get('new')?.headers).toEqual({
      'content-type': 'text/csv',
      'x-amz-meta-origin': 'hill',
    });
    expect((await lab.storage.inspect({ bucket: 'winds', key: 'new' }))?.toString()).toBe('gust');
  });

  test('may do what its session may, and no more', async () => {
    const read = presigned({ url: object() }, signing('reader'));
    expect((await fetch(read)).status).toBe(200);
    const write = presigned({ method: 'PUT', url: object('new') }, signing('reader'));
    expect(await codeOf(await fetch(write, { method: 'PUT', body: 'x' }))).toEqual([403, 'AccessDenied']);
  });

  test.each<[string, () => string, RequestInit, number, string]>([
    [
      'that has expired',
      () => presigned({ url: object() }, signing('owner', Date.now() - 2 * minute)),
      {},
      403,
      'AccessDenied',
    ],
    [
      'of the future',
      () => presigned({ url: object() }, signing('owner', Date.now() + 20 * minute)),
      {},
      403,
      'AccessDenied',
    ],
    [
      'of more than a week',
      () => presigned({ url: object() }, signing(), 604_801),
      {},
      400,
      'AuthorizationQueryParametersError',
    ],
    [
      'of no number of seconds',
      () => presigned({ url: object() }, signing(), 'soon'),
      {},
      400,
      'AuthorizationQueryParametersError',
    ],
    [
      'without its date',
      () => presigned({ url: object() }, signing()).replace('X-Amz-Date', 'X-Amz-Day'),
      {},
      400,
      'AuthorizationQueryParametersError',
    ],
    [
      'for another object',
      () => presigned({ url: object() }, signing()).replace('a%20b', 'a%20c'),
      {},
      403,
      'SignatureDoesNotMatch',
    ],
    [
      'for another method',
      () => presigned({ url: object() }, signing()),
      { method: 'DELETE' },
      403,
      'SignatureDoesNotMatch',
    ],
    [
      'for a longer time',
      () => presigned({ url: object() }, signing()).replace('Expires=60', 'Expires=600'),
      {},
      403,
      'SignatureDoesNotMatch',
    ],
    [
      'with a header that it does not sign',
      () => presigned({ url: object() }, signing()),
      { headers: { 'x-amz-acl': 'private' } },
      403,
      'AccessDenied',
    ],
  ])('%s is refused', async (_, url, init, status, code) => {
    expect(await codeOf(await fetch(url(), init))).toEqual([status, code]);
  });

  test('of version 2 reads and writes, as boto3 signs it in older regions', async () => {
    const { accessKeyId, secretAccessKey, sessionToken } = lab.credentialsOf('owner');
    const signed = (method: string, expires = Math.floor(Date.now() / 1_000) + 60): string => {
      const text = `${method}\n\n\n${expires}\nx-amz-security-token:${sessionToken}\n${new URL(object()).pathname}`;
      const query = new URLSearchParams({
        AWSAccessKeyId: accessKeyId,
        Signature: createHmac('sha1', secretAccessKey).update(text).digest('base64'),
        'x-amz-security-token': sessionToken,
        Expires: String(expires),
      });
      return `${object()}?${query.toString()}`;
    };
    expect((await fetch(signed('PUT'), { method: 'PUT', body: Buffer.from('storm') })).status).toBe(200);
    expect(await (await fetch(signed('GET'))).text()).toBe('storm');
    expect(await codeOf(await fetch(signed('PUT')))).toEqual([403, 'SignatureDoesNotMatch']);
    expect(await codeOf(await fetch(signed('GET', 1)))).toEqual([403, 'AccessDenied']);
  });

  test('writes a body whose type is that of a form', async () => {
    const to = presigned({ method: 'PUT', url: object('form') }, signing());
    const headers = { 'content-type': 'application/x-www-form-urlencoded' };
    expect((await fetch(to, { method: 'PUT', headers, body: 'Action=Write' })).status).toBe(200);
  });

  test('with a second signature in the header is refused', async () => {
    const url = presigned({ url: object() }, signing());
    const response = await sendSigned({ method: 'GET', url }, signing());
    expect(await codeOf(response)).toEqual([400, 'InvalidArgument']);
  });
});
