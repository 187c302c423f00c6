import { createHash } from 'node:crypto';
import { request } from 'node:http';
import { Readable } from 'node:stream';
import {
  CopyObjectCommand,
  CreateBucketCommand,
  DeleteObjectCommand,
  GetBucketAclCommand,
  GetObjectAclCommand,
  GetObjectCommand,
  HeadBucketCommand,
  HeadObjectCommand,
  ListMultipartUploadsCommand,
  ListObjectsV2Command,
  paginateListObjectsV2,
  PutObjectCommand,
  type PutObjectCommandInput,
} from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { checksumOf } from '../../src/s3/checksum.ts';
import { sendSigned, signedHeaders } from '../signed-request.ts';
import { ACCOUNT, laboratory, NOW, REGION } from './laboratory.ts';

const lab = await laboratory({
  owner: [{ Effect: 'Allow', Action: 's3:*', Resource: '*' }],
  reader: [{ Effect: 'Allow', Action: 's3:GetObject', Resource: 'arn:aws:s3:::winds/*' }],
  'arn:aws:s3:::public': [
    { Effect: 'Allow', Principal: '*', Action: 's3:GetObject', Resource: 'arn:aws:s3:::public/*' },
    { Effect: 'Allow', Principal: '*', Action: 's3:PutObject', Resource: 'arn:aws:s3:::public/drop' },
  ],
});
const s3 = lab.client('owner');
const reader = lab.client('reader');
const owner = { credentials: lab.credentialsOf('owner'), service: 's3' };
const Bucket = 'winds';

beforeAll(() => {
  for (const name of ['winds', 'many', 'public']) lab.storage.createBucket({ name, account: ACCOUNT, region: REGION });
});
afterAll(async () => {
  await lab.close();
  expect(lab.failures).toEqual([]);
});

const put = (Key: string, Body: PutObjectCommandInput['Body'], rest: Partial<PutObjectCommandInput> = {}) =>
  s3.send(new PutObjectCommand({ Bucket, Key, Body, ...rest }));

async function read(Key: string, client = s3): Promise<string> {
  const { Body } = await client.send(new GetObjectCommand({ Bucket, Key }));
  return (await Body?.transformToString('latin1')) ?? '';
}

const CRC64_OF_WIND = checksumOf('crc64nvme', Buffer.from('wind')).value;
const allBytes = Buffer.from(Array.from({ length: 256 }, (_, byte) => byte));
const long = Buffer.concat(Array.from({ length: 12_000 }, () => allBytes));

/** A stream of unknown making: the SDK sends it in chunks with a trailing checksum. */
const stream = (bytes: Buffer) =>
  Readable.from([bytes.subarray(0, 70_000), bytes.subarray(70_000)], { objectMode: false });

describe('bodies', () => {
  beforeAll(() => {
    lab.storage.seed({ bucket: 'public', key: 'long' }, Buffer.concat([long, long, long]));
  });

  test.each<[string, () => PutObjectCommandInput['Body'], Buffer]>([
    ['text', () => 'wind', Buffer.from('wind')],
    ['nothing', () => '', Buffer.alloc(0)],
    ['every byte', () => allBytes, allBytes],
    ['three megabytes', () => long, long],
    ['a stream', () => stream(long), long],
  ])('%s comes back as it went', async (key, body, expected) => {
    const answered = await put(key, body(), { ContentLength: expected.length });
    expect(answered.ETag).toBe(`"${createHash('md5').update(expected).digest('hex')}"`);
    expect(answered.ChecksumCRC32).toBeDefined();
    expect((await read(key)) === expected.toString('latin1')).toBe(true);
  });

  test.each([
    ['bytes=0-1', 'wi', 'bytes 0-1/4'],
    ['bytes=-2', 'nd', 'bytes 2-3/4'],
    ['bytes=2-', 'nd', 'bytes 2-3/4'],
  ])('%s is a part', async (Range, expected, contentRange) => {
    const { Body, ContentRange } = await s3.send(new GetObjectCommand({ Bucket, Key: 'text', Range }));
    expect([await Body?.transformToString(), ContentRange]).toEqual([expected, contentRange]);
  });

  test('a part of a long body is a part too', async () => {
    const { Body } = await s3.send(new GetObjectCommand({ Bucket, Key: 'a stream', Range: 'bytes=256-2000255' }));
    expect((await Body?.transformToByteArray())?.length).toBe(2_000_000);
  });

  test('a client that leaves in the middle of a body disturbs nobody', async () => {
    const asked = { method: 'PUT', url: `${lab.url}/${Bucket}/cut-off`, payloadHash: 'UNSIGNED-PAYLOAD' };
    const headers = { ...signedHeaders(asked, owner), 'content-length': '5000000' };
    const upload = request(asked.url, { method: 'PUT', headers });
    const download = request(`${lab.url}/public/long`);
    for (const leaving of [upload, download]) leaving.on('error', () => undefined);
    upload.write('begun');
    download.on('response', (response) => response.destroy()).end();
    const left = [upload, download].map((leaving) => new Promise((done) => leaving.on('close', done)));
    setTimeout(() => upload.destroy(), 50);
    await Promise.all(left);
    await expect(read('cut-off')).rejects.toMatchObject({ name: 'NoSuchKey' });
    expect(await read('text')).toBe('wind');
  });

  test.each([
    ['its own', (etag: string) => ({ IfMatch: etag }), 200],
    ['another one', () => ({ IfMatch: '"another"' }), 412],
    ['any but its own', (etag: string) => ({ IfNoneMatch: etag }), 304],
    ['any but another one', () => ({ IfNoneMatch: '"another"' }), 200],
  ])('are read on condition of an ETag: %s', async (_, condition, status) => {
    await put('on-condition', 'wind');
    const { ETag = '' } = await s3.send(new HeadObjectCommand({ Bucket, Key: 'on-condition' }));
    const answered = s3.send(new GetObjectCommand({ Bucket, Key: 'on-condition', ...condition(ETag) }));
    const given = await answered.then(
      ({ $metadata }) => $metadata.httpStatusCode,
      (error: unknown) => (error as { $metadata: { httpStatusCode: number } }).$metadata.httpStatusCode,
    );
    expect(given).toBe(status);
  });

  test.each([
    ['what it was signed for', 'wind', 'wind', 200, ''],
    ['anything else', 'wind', 'mind', 400, 'XAmzContentSHA256Mismatch'],
  ])('is taken if it is %s', async (_, signed, sent, status, code) => {
    const url = `${lab.url}/${Bucket}/signed`;
    const headers = signedHeaders({ method: 'PUT', url, body: signed }, owner);
    const answered = await fetch(url, { method: 'PUT', headers, body: sent });
    expect([answered.status, await answered.text()]).toEqual([status, expect.stringContaining(code)]);
    expect(await read('signed')).toBe('wind');
  });

  test.each([
    ['in a form that nobody knows', { 'x-amz-content-sha256': 'STREAMING-AWS4-ECDSA' }, 501, 'NotImplemented'],
    [
      'in signed chunks without a signature',
      { 'x-amz-content-sha256': 'STREAMING-AWS4-HMAC-SHA256-PAYLOAD' },
      400,
      'InvalidRequest',
    ],
    ['of more than five gigabytes', { 'x-amz-decoded-content-length': '5368709121' }, 400, 'EntityTooLarge'],
  ])('%s is refused', async (_, headers, status, code) => {
    const answered = await fetch(`${lab.url}/public/drop`, { method: 'PUT', headers, body: 'wind' });
    expect([answered.status, await answered.text()]).toEqual([status, expect.stringContaining(`<Code>${code}</Code>`)]);
  });

  test('a range beyond the end is refused', async () => {
    const get = s3.send(new GetObjectCommand({ Bucket, Key: 'text', Range: 'bytes=9-' }));
    await expect(get).rejects.toMatchObject({ name: 'InvalidRange', $metadata: { httpStatusCode: 416 } });
  });
});

describe('objects', () => {
  test('keep type and metadata, and are described by HeadObject', async () => {
    await put('meta', 'x', { ContentType: 'text/csv', Metadata: { station: '72214904899' }, CacheControl: 'no-store' });
    expect(await s3.send(new HeadObjectCommand({ Bucket, Key: 'meta' }))).toMatchObject({
      ContentLength: 1,
      ContentType: 'text/csv',
      CacheControl: 'no-store',
      Metadata: { station: '72214904899' },
      LastModified: new Date(NOW),
      ServerSideEncryption: 'AES256',
    });
  });

  test.each([
    '../../x',
    'a',
    'a/b',
    'a//b',
    'with space + plus',
    'ä/😀',
    'quote\'"&<>',
    '100%',
    'a?b#c',
    'tab\there',
    './.',
  ])('may be called %j', async (key) => {
    await put(key, key);
    const { Body } = await s3.send(new GetObjectCommand({ Bucket, Key: key }));
    expect(await Body?.transformToString()).toBe(key);
    const listed = await s3.send(new ListObjectsV2Command({ Bucket, Prefix: key }));
    expect(listed.Contents?.[0]?.Key).toBe(key);
    const encoded = await s3.send(new ListObjectsV2Command({ Bucket, Prefix: key, EncodingType: 'url' }));
    expect(decodeURIComponent(encoded.Contents?.[0]?.Key ?? '')).toBe(key);
  });

  test('are copied, with their metadata or new ones', async () => {
    const CopySource = `${Bucket}/${encodeURIComponent('ä/😀')}`;
    const { CopyObjectResult } = await s3.send(new CopyObjectCommand({ Bucket, Key: 'copy', CopySource }));
    expect(CopyObjectResult?.ETag).toBe(`"${createHash('md5').update('ä/😀').digest('hex')}"`);
    const again = { Bucket, Key: 'copy', CopySource: `${Bucket}/copy` };
    await expect(s3.send(new CopyObjectCommand(again))).rejects.toMatchObject({ name: 'InvalidRequest' });
    await s3.send(new CopyObjectCommand({ ...again, MetadataDirective: 'REPLACE', Metadata: { kind: 'copy' } }));
    expect((await s3.send(new HeadObjectCommand({ Bucket, Key: 'copy' }))).Metadata).toEqual({ kind: 'copy' });
  });

  test('are deleted once, and a second time without complaint', async () => {
    await put('short-lived', 'x');
    await s3.send(new DeleteObjectCommand({ Bucket, Key: 'short-lived' }));
    await s3.send(new DeleteObjectCommand({ Bucket, Key: 'short-lived' }));
    await expect(read('short-lived')).rejects.toMatchObject({ name: 'NoSuchKey', $metadata: { httpStatusCode: 404 } });
    await expect(s3.send(new HeadObjectCommand({ Bucket, Key: 'short-lived' }))).rejects.toMatchObject({
      name: 'NotFound',
    });
  });

  test('that must be new are refused when they are not', async () => {
    await put('unique', 'one', { IfNoneMatch: '*' });
    await expect(put('unique', 'two', { IfNoneMatch: '*' })).rejects.toMatchObject({
      name: 'PreconditionFailed',
      $metadata: { httpStatusCode: 412 },
    });
    expect(await read('unique')).toBe('one');
  });

  test.each(['CRC32', 'CRC64NVME', 'SHA1', 'SHA256'] as const)('keep a checksum by %s', async (algorithm) => {
    if (algorithm === 'CRC64NVME') await put('summed', 'wind', { ChecksumCRC64NVME: CRC64_OF_WIND });
    else await put('summed', 'wind', { ChecksumAlgorithm: algorithm });
    const head = await s3.send(new HeadObjectCommand({ Bucket, Key: 'summed', ChecksumMode: 'ENABLED' }));
    expect(head[`Checksum${algorithm}`]).toBeDefined();
    expect(await read('summed')).toBe('wind');
  });

  test('with a wrong checksum are refused, in a header and in a trailer', async () => {
    await expect(put('bad', 'x', { ChecksumCRC32: 'AAAAAA==' })).rejects.toMatchObject({ name: 'BadDigest' });
    const trailing = async (body: string) => {
      const headers = { 'x-amz-decoded-content-length': '1', 'x-amz-trailer': 'x-amz-checksum-crc32' };
      const payloadHash = 'STREAMING-UNSIGNED-PAYLOAD-TRAILER';
      return sendSigned({ method: 'PUT', url: `${lab.url}/${Bucket}/bad`, headers, payloadHash, body }, owner);
    };
    const wrong = await trailing('1\r\nx\r\n0\r\nx-amz-checksum-crc32:AAAAAA==\r\n\r\n');
    expect([wrong.status, await wrong.text()]).toEqual([400, expect.stringContaining('<Code>BadDigest</Code>')]);
    const missing = await trailing('1\r\nx\r\n0\r\n\r\n');
    expect([missing.status, await missing.text()]).toEqual([400, expect.stringContaining('MalformedTrailerError')]);
    await expect(read('bad')).rejects.toMatchObject({ name: 'NoSuchKey' });
  });
});

describe('listing', () => {
  const KEYS = Array.from({ length: 2500 }, (_, at) => `${at % 2 === 0 ? 'even' : 'odd'}/${at}.csv`);
  beforeAll(() => {
    for (const key of KEYS) lab.storage.seed({ bucket: 'many', key }, Buffer.from(key));
  });

  test('2,500 keys come in three pages, sorted', async () => {
    const pages: number[] = [];
    const keys: string[] = [];
    for await (const page of paginateListObjectsV2({ client: s3 }, { Bucket: 'many' })) {
      pages.push(page.KeyCount ?? 0);
      keys.push(...(page.Contents ?? []).map(({ Key = '' }) => Key));
    }
    expect(pages).toEqual([1000, 1000, 500]);
    expect(keys).toEqual(KEYS.toSorted());
  });

  test('a delimiter groups', async () => {
    const page = await s3.send(new ListObjectsV2Command({ Bucket: 'many', Delimiter: '/' }));
    expect(page.CommonPrefixes).toEqual([{ Prefix: 'even/' }, { Prefix: 'odd/' }]);
    expect(page.Contents).toBeUndefined();
  });

  test('a prefix, a start and a length are respected, and objects described', async () => {
    const page = await s3.send(
      new ListObjectsV2Command({ Bucket: 'many', Prefix: 'odd/', StartAfter: 'odd/2497.csv', MaxKeys: 1 }),
    );
    expect(page).toMatchObject({
      IsTruncated: true,
      KeyCount: 1,
      MaxKeys: 1,
      Prefix: 'odd/',
      StartAfter: 'odd/2497.csv',
    });
    expect(page.Contents).toEqual([
      {
        Key: 'odd/2499.csv',
        ETag: `"${createHash('md5').update('odd/2499.csv').digest('hex')}"`,
        LastModified: new Date(NOW),
        Size: 12,
        StorageClass: 'STANDARD',
      },
    ]);
  });
});

describe('callers', () => {
  test('get what their session may and no more', async () => {
    await put('shared', 'x');
    expect(await read('shared', reader)).toBe('x');
    await expect(reader.send(new PutObjectCommand({ Bucket, Key: 'shared', Body: 'y' }))).rejects.toMatchObject({
      name: 'AccessDenied',
      message:
        `User: arn:aws:sts::${ACCOUNT}:assumed-role/reader/session is not authorized to perform: s3:PutObject` +
        ' on resource: "arn:aws:s3:::winds/shared" because no identity-based policy allows the s3:PutObject action',
      $metadata: { httpStatusCode: 403 },
    });
  });

  test('do not learn which keys are missing unless they may list', async () => {
    await expect(read('missing', reader)).rejects.toMatchObject({ name: 'AccessDenied' });
    await expect(read('missing')).rejects.toMatchObject({ name: 'NoSuchKey' });
  });

  test('with an unknown session are turned away', async () => {
    const stranger = lab.client('owner', { accessKeyId: 'ASIA0000000000000000' });
    await expect(read('shared', stranger)).rejects.toMatchObject({ name: 'InvalidAccessKeyId' });
    const stale = lab.client('owner', { sessionToken: 'stale' });
    await expect(read('shared', stale)).rejects.toMatchObject({ name: 'InvalidToken' });
  });

  test('without a signature get what is public', async () => {
    lab.storage.seed({ bucket: 'public', key: 'a' }, Buffer.from('open'));
    expect(await (await fetch(`${lab.url}/public/a`)).text()).toBe('open');
    const refused = await fetch(`${lab.url}/${Bucket}/shared`);
    expect(refused.status).toBe(403);
    expect(await refused.text()).toMatch(
      /<Code>AccessDenied<\/Code><Message>Access Denied<\/Message>.*<RequestId>SIMULATED/,
    );
  });

  test('find out whether a bucket is there, and where', async () => {
    expect(await s3.send(new HeadBucketCommand({ Bucket }))).toMatchObject({ BucketRegion: REGION });
    await expect(s3.send(new HeadBucketCommand({ Bucket: 'nowhere' }))).rejects.toMatchObject({ name: 'NotFound' });
  });
});

describe('what the sandbox does not do is refused by name', () => {
  const Key = 'text';
  test.each([
    ['ListMultipartUploads is', () => s3.send(new ListMultipartUploadsCommand({ Bucket }))],
    ['CreateBucket is', () => s3.send(new CreateBucketCommand({ Bucket: 'new' }))],
    ['GetBucketAcl is', () => s3.send(new GetBucketAclCommand({ Bucket }))],
    ['GetObjectAcl is', () => s3.send(new GetObjectAclCommand({ Bucket, Key }))],
    ['GetObject with parameter partNumber is', () => s3.send(new GetObjectCommand({ Bucket, Key, PartNumber: 1 }))],
    ['PutObject with header x-amz-acl is', () => put(Key, 'x', { ACL: 'private' })],
  ])('%s not implemented', async (name, send) => {
    await expect(send()).rejects.toMatchObject({
      name: 'NotImplemented',
      message: `${name} not implemented by the simulated S3 (see docs/sandbox-support.md)`,
      $metadata: { httpStatusCode: 501 },
    });
  });
});
