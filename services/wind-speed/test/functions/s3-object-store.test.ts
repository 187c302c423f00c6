import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { s3Client, s3ObjectStore } from '../../functions/s3-object-store.ts';
import { allOf } from './all-of.ts';

type Answer = (request: IncomingMessage, response: ServerResponse, body: string) => void;

/** S3 on loopback: each test says what it answers. */
let server: Server;
let answer: Answer;
const requests: string[] = [];

beforeEach(async () => {
  requests.length = 0;
  server = createServer((request, response) => {
    requests.push(`${request.method ?? ''} ${request.url ?? ''}`);
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      answer(request, response, Buffer.concat(chunks).toString());
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  // The SDK waits a random time before it tries again; here none.
  vi.spyOn(Math, 'random').mockReturnValue(0);
  vi.stubEnv('AWS_ENDPOINT_URL', `http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  vi.stubEnv('AWS_REGION', 'eu-west-1');
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'sandbox');
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'sandbox');
});

afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
  server.closeAllConnections();
  server.close();
});

const store = () => s3ObjectStore(s3Client());
const address = { bucket: 'weather', key: '2023/a b.csv' };
const error = (status: number, code: string, message: string): Answer => {
  return (_, response) => {
    response.writeHead(status, { 'content-type': 'application/xml' });
    response.end(`<Error><Code>${code}</Code><Message>${message}</Message></Error>`);
  };
};

describe('objects in S3', () => {
  test('are read whole, or line by line', async () => {
    answer = (_, response) => response.end('one\ntwo\n');
    expect(Buffer.from(await store().get(address)).toString()).toBe('one\ntwo\n');
    expect(await allOf(store().lines(address))).toEqual(['one', 'two']);
    expect(requests[0]).toBe('GET /weather/2023/a%20b.csv?x-id=GetObject');
  });

  test('are written with their content type', async () => {
    let written: unknown[] = [];
    answer = (request, response, body) => {
      written = [request.headers['content-type'], body];
      response.end();
    };
    await store().put(address, '{}', 'application/json');
    expect(written).toEqual(['application/json', '{}']);
  });

  test('are listed after a key', async () => {
    answer = (_, response) =>
      response.end(
        '<ListBucketResult><IsTruncated>true</IsTruncated><Contents><Key>2023/b</Key><Size>7</Size></Contents></ListBucketResult>',
      );
    expect(await store().list('weather', '2023/', '2023/a')).toEqual({
      objects: [{ key: '2023/b', size: 7 }],
      more: true,
    });
    expect(requests[0]).toContain('prefix=2023%2F&start-after=2023%2Fa');
  });

  test('are copied from another bucket, without their tags', async () => {
    let sent: unknown;
    answer = ({ headers }, response) => {
      sent = [headers['x-amz-copy-source'], headers['x-amz-tagging-directive']];
      response.end('<CopyObjectResult><ETag>"0"</ETag></CopyObjectResult>');
    };
    await store().copy({ bucket: 'noaa-gsod-pds', key: '2023/a b.csv' }, address);
    expect(sent).toEqual(['noaa-gsod-pds/2023/a%20b.csv', 'REPLACE']);
  });

  const listed = `<ListVersionsResult>
    <Version><Key>sample/a</Key><VersionId>1</VersionId></Version>
    <DeleteMarker><Key>sample/b</Key><VersionId>2</VersionId></DeleteMarker></ListVersionsResult>`;
  test('are removed with their versions and delete markers, page by page until none is left', async () => {
    const removed: string[] = [];
    answer = ({ method }, response, body) => {
      if (method === 'POST') removed.push(body);
      response.end(method === 'POST' ? '<DeleteResult/>' : removed.length < 2 ? listed : '<ListVersionsResult/>');
    };
    await store().removeAll('weather', 'sample/');
    expect(requests.filter((request) => request.startsWith('GET'))).toHaveLength(3);
    expect(requests[0]).toContain('prefix=sample%2F');
    const named = [...(removed[0] ?? '').matchAll(/<Key>(.*?)<\/Key><VersionId>(.*?)<\/VersionId>/g)];
    expect(named.map(([, key, version]) => [key, version])).toEqual([
      ['sample/a', '1'],
      ['sample/b', '2'],
    ]);
  });

  test.each([
    ['AccessDenied', 'AccessDenied'],
    ['InternalError', 'StoreUnavailable'],
  ])('that are refused one by one with %s fail the removal with %s', async (code, name) => {
    const refused = `<DeleteResult><Error><Key>sample/a</Key><Code>${code}</Code><Message>no</Message></Error></DeleteResult>`;
    answer = ({ method }, response) => response.end(method === 'POST' ? refused : listed);
    await expect(store().removeAll('weather', 'sample/')).rejects.toMatchObject({ name });
  });

  test('of a bucket that is gone need no removal', async () => {
    answer = error(404, 'NoSuchBucket', 'The specified bucket does not exist');
    await expect(store().removeAll('weather', 'sample/')).resolves.toBeUndefined();
  });

  const denial = 'User: arn:aws:sts::111122223333:assumed-role/r/f is not authorized to perform: kms:Decrypt';
  test.each([
    ['get', () => store().get(address)],
    ['lines', () => allOf(store().lines(address))],
    ['put', () => store().put(address, 'a', 'text/csv')],
    ['list', () => store().list('weather', '')],
    ['copy', () => store().copy(address, address)],
    ['removeAll', () => store().removeAll('weather', 'sample/')],
  ])('%s: any 403 is AccessDenied, in the words of the service, and not tried again', async (_, call) => {
    for (const code of ['AccessDenied', 'KMS.AccessDeniedException']) {
      requests.length = 0;
      answer = error(403, code, denial);
      await expect(call()).rejects.toMatchObject({ name: 'AccessDenied', message: denial });
      expect(requests).toHaveLength(1);
    }
  });

  test('that are gone are unreadable', async () => {
    answer = error(404, 'NoSuchKey', 'The specified key does not exist.');
    await expect(store().get(address)).rejects.toMatchObject({
      name: 'UnreadableObject',
      message: 's3://weather/2023/a b.csv: NoSuchKey: The specified key does not exist.',
    });
  });

  test.each([
    ['get', 15, () => store().get(address)],
    ['lines', 5, () => allOf(store().lines(address))],
    ['put', 5, () => store().put(address, 'a', 'text/csv')],
    ['list', 5, () => store().list('weather', '')],
    ['copy', 5, () => store().copy(address, address)],
    ['removeAll', 5, () => store().removeAll('weather', 'sample/')],
  ])('%s: is tried %d times while S3 fails, and then the store is unavailable', async (_, times, call) => {
    answer = error(500, 'InternalError', 'We encountered an internal error.');
    await expect(call()).rejects.toMatchObject({
      name: 'StoreUnavailable',
      message: 'InternalError: We encountered an internal error.',
    });
    expect(requests).toHaveLength(times);
  });

  test.each([
    [503, 'SlowDown', 'StoreUnavailable'],
    [429, 'TooManyRequests', 'StoreUnavailable'],
    [400, 'InvalidObjectState', 'UnreadableObject'],
  ])('a status of %d (%s) is %s', async (status, code, name) => {
    answer = error(status, code, 'no');
    await expect(store().get(address)).rejects.toMatchObject({ name });
  });

  /** Sends half of an object, and breaks off. */
  const half: Answer = (_, response) => {
    response.writeHead(200, { 'content-length': '8' });
    response.write('one\n');
    setTimeout(() => response.destroy(), 20);
  };

  test('are read again from the beginning when a transfer breaks off', async () => {
    answer = (...args) => {
      if (requests.length < 3) half(...args);
      else args[1].end('one\ntwo\n');
    };
    expect(Buffer.from(await store().get(address)).toString()).toBe('one\ntwo\n');
    expect(requests).toHaveLength(3);
  });

  test('whose transfer breaks off each time make the store unavailable, read whole or line by line', async () => {
    answer = half;
    await expect(store().get(address)).rejects.toMatchObject({ name: 'StoreUnavailable' });
    expect(requests).toHaveLength(3);
    await expect(allOf(store().lines(address))).rejects.toMatchObject({ name: 'StoreUnavailable' });
  });

  test('that nobody can be asked for make the store unavailable', async () => {
    vi.stubEnv('AWS_ENDPOINT_URL', 'http://127.0.0.1:1');
    await expect(store().get(address)).rejects.toMatchObject({ name: 'StoreUnavailable' });
  });
});
