import {
  CompleteMultipartUploadCommand,
  CopyObjectCommand,
  CreateMultipartUploadCommand,
  DeleteObjectCommand,
  DeleteObjectsCommand,
  GetObjectCommand,
  GetObjectTaggingCommand,
  HeadObjectCommand,
  PutObjectCommand,
  UploadPartCopyCommand,
} from '@aws-sdk/client-s3';
import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { sendSigned } from '../signed-request.ts';
import { ACCOUNT, laboratory, NOW, REGION } from './laboratory.ts';

const lab = await laboratory({
  owner: [{ Effect: 'Allow', Action: 's3:*', Resource: '*' }],
  cleaner: [{ Effect: 'Allow', Action: 's3:DeleteObject', Resource: '*' }],
});
const owner = lab.client('owner');
const Bucket = 'winds';
const megabyte = 1024 * 1024;

lab.storage.createBucket({ name: Bucket, account: ACCOUNT, region: REGION });
beforeEach(() => {
  lab.storage.seed({ bucket: Bucket, key: 'ä b/1' }, Buffer.from('breeze'));
});
afterAll(async () => {
  await lab.close();
  expect(lab.failures).toEqual([]);
});

const Key = 'ä b/1';
const isThere = (): boolean => lab.storage.bucket(Bucket)?.objects.has(Key) ?? false;
const failing = (name: string, status: number) => ({ name, $metadata: { httpStatusCode: status } });

describe('a parameter without a value counts as absent', () => {
  const listed = async (query: string): Promise<readonly string[]> => {
    const url = `${lab.url}/${Bucket}?${query}`;
    const response = await sendSigned(
      { method: 'GET', url },
      { credentials: lab.credentialsOf('owner'), service: 's3' },
    );
    return [...(await response.text()).matchAll(/<(?:Key|Code)>([^<]+)</g)].map(([, name]) => name ?? '');
  };

  test.each([
    ['prefix='],
    ['prefix=&delimiter=&marker=&max-keys=&encoding-type='],
    ['list-type=2&prefix=&delimiter=&start-after=&continuation-token=&max-keys='],
  ])('of a list: %s', async (query) => {
    expect(await listed(query)).toEqual([Key]);
  });

  test('and one that has a value does not', async () => {
    expect(await listed('prefix=z')).toEqual([]);
    expect(await listed('acl')).toEqual(['NotImplemented']);
  });
});

test('the head of a range is that of the range', async () => {
  const head = await owner.send(new HeadObjectCommand({ Bucket, Key, Range: 'bytes=2-3' }));
  expect(head).toMatchObject({ ContentLength: 2, ContentRange: 'bytes 2-3/6', $metadata: { httpStatusCode: 206 } });
  const whole = await owner.send(new HeadObjectCommand({ Bucket, Key }));
  expect(whole).toMatchObject({ ContentLength: 6, $metadata: { httpStatusCode: 200 } });
  await expect(owner.send(new HeadObjectCommand({ Bucket, Key, Range: 'bytes=6-' }))).rejects.toMatchObject({
    $metadata: { httpStatusCode: 416 },
  });
});

describe('an object is deleted on condition of its ETag', () => {
  const etag = async (): Promise<string> => (await owner.send(new HeadObjectCommand({ Bucket, Key }))).ETag ?? '';
  const many = async (ETag: string, key = Key) => {
    const { Deleted, Errors } = await owner.send(
      new DeleteObjectsCommand({ Bucket, Delete: { Objects: [{ Key: key, ETag }] } }),
    );
    return Errors?.[0]?.Code ?? Deleted?.[0]?.Key;
  };

  test('among others', async () => {
    expect([await many('"0"'), isThere()]).toEqual(['PreconditionFailed', true]);
    expect(await many(await etag(), 'missing')).toBe('NoSuchKey');
    expect([await many(await etag()), isThere()]).toEqual([Key, false]);
  });

  test('alone', async () => {
    const one = (IfMatch: string) => owner.send(new DeleteObjectCommand({ Bucket, Key, IfMatch }));
    await expect(one('"0"')).rejects.toMatchObject(failing('PreconditionFailed', 412));
    expect(isThere()).toBe(true);
    await one(await etag());
    expect(isThere()).toBe(false);
    await expect(one('*')).rejects.toMatchObject(failing('NoSuchKey', 404));
  });

  test('by whoever may read it, too', async () => {
    const cleaner = lab.client('cleaner');
    const one = (IfMatch?: string) => cleaner.send(new DeleteObjectCommand({ Bucket, Key, IfMatch }));
    await expect(one(await etag())).rejects.toMatchObject(failing('AccessDenied', 403));
    await one();
    expect(isThere()).toBe(false);
  });

  test.each([['LastModifiedTime'], ['Size']])('and never by %s, which is for directory buckets', async (field) => {
    const condition = field === 'Size' ? { Size: 6 } : { LastModifiedTime: new Date(NOW) };
    const some = new DeleteObjectsCommand({ Bucket, Delete: { Objects: [{ Key, ...condition }] } });
    await expect(owner.send(some)).rejects.toMatchObject(failing('NotImplemented', 501));
    expect(isThere()).toBe(true);
  });
});

describe('times as conditions', () => {
  const [before, at] = [new Date(NOW - 60_000), new Date(NOW)];
  const read = (rest: object) => owner.send(new GetObjectCommand({ Bucket, Key, ...rest }));
  test.each<[string, object, number]>([
    ['was modified since', { IfModifiedSince: before }, 200],
    ['was not modified since', { IfModifiedSince: at }, 304],
    ['was not modified since, and is of another ETag', { IfModifiedSince: at, IfNoneMatch: '"0"' }, 200],
    ['stayed unmodified since', { IfUnmodifiedSince: at }, 200],
    ['did not stay unmodified', { IfUnmodifiedSince: before }, 412],
    ['did not stay unmodified, and is of the ETag', { IfUnmodifiedSince: before, IfMatch: '*' }, 200],
  ])('an object that %s', async (_, rest, status) => {
    const answered = read(rest)
      .catch((error: unknown) => error as Awaited<ReturnType<typeof read>>)
      .then(({ $metadata }) => $metadata.httpStatusCode);
    expect(await answered).toBe(status);
  });
});

describe('the source of a copy', () => {
  const copy = (CopySource: string, rest: object = {}) =>
    owner.send(new CopyObjectCommand({ Bucket, Key: 'copy', CopySource, ...rest }));
  test.each([
    ['with its slash encoded', encodeURIComponent(`${Bucket}/${Key}`)],
    ['encoded part by part', `${Bucket}/${Key.split('/').map(encodeURIComponent).join('/')}`],
    ['after a slash', `/${Bucket}/${encodeURIComponent(Key)}`],
  ])('is found %s', async (_, source) => {
    expect((await copy(source)).CopyObjectResult?.ETag).toBeDefined();
    expect((await lab.storage.inspect({ bucket: Bucket, key: 'copy' }))?.toString()).toBe('breeze');
    lab.storage.discard({ bucket: Bucket, key: 'copy' });
  });

  test('must be as its conditions have it', async () => {
    const source = encodeURIComponent(`${Bucket}/${Key}`);
    await expect(copy(source, { CopySourceIfMatch: '"0"' })).rejects.toMatchObject(failing('PreconditionFailed', 412));
    await expect(copy(source, { CopySourceIfNoneMatch: '*' })).rejects.toMatchObject(
      failing('PreconditionFailed', 412),
    );
    await copy(source, { CopySourceIfMatch: '*' });
  });
});

describe('a part of an upload', () => {
  const large = Buffer.alloc(6 * megabyte, 'wind');
  const begin = async () => {
    lab.storage.seed({ bucket: Bucket, key: 'large' }, large);
    const { UploadId } = await owner.send(new CreateMultipartUploadCommand({ Bucket, Key: 'whole' }));
    const part = (PartNumber: number, CopySourceRange?: string, rest: object = {}) => {
      const CopySource = `${Bucket}/large`;
      const input = { Bucket, Key: 'whole', UploadId, PartNumber, CopySource, CopySourceRange, ...rest };
      return owner.send(new UploadPartCopyCommand(input));
    };
    return { UploadId, part };
  };

  test('is copied from an object, or from a range of one', async () => {
    const { UploadId, part } = await begin();
    const first = await part(1);
    const second = await part(2, `bytes=1-${megabyte}`, { CopySourceIfMatch: '*' });
    const Parts = [first, second].map(({ CopyPartResult }, index) => ({
      PartNumber: index + 1,
      ETag: CopyPartResult?.ETag,
    }));
    await owner.send(
      new CompleteMultipartUploadCommand({ Bucket, Key: 'whole', UploadId, MultipartUpload: { Parts } }),
    );
    const whole = await lab.storage.inspect({ bucket: Bucket, key: 'whole' });
    expect(whole?.equals(Buffer.concat([large, large.subarray(1, megabyte + 1)]))).toBe(true);
  });

  test.each([
    ['beyond the object', `bytes=0-${large.length}`, 'InvalidArgument', 400],
    ['without an end', 'bytes=5-', 'InvalidArgument', 400],
    ['backwards', 'bytes=5-4', 'InvalidArgument', 400],
  ])('is refused for a range %s', async (_, range, code, status) => {
    const { part } = await begin();
    await expect(part(1, range)).rejects.toMatchObject(failing(code, status));
    await expect(part(1, undefined, { CopySourceIfMatch: '"0"' })).rejects.toMatchObject(
      failing('PreconditionFailed', 412),
    );
  });
});

test('an object keeps its CRC32C, and refuses another one', async () => {
  const put = (rest: object) => owner.send(new PutObjectCommand({ Bucket, Key, Body: '123456789', ...rest }));
  const ChecksumCRC32C = '4waSgw==';
  expect(await put({ ChecksumAlgorithm: 'CRC32C' })).toMatchObject({ ChecksumCRC32C });
  const head = await owner.send(new HeadObjectCommand({ Bucket, Key, ChecksumMode: 'ENABLED' }));
  expect(head).toMatchObject({ ChecksumCRC32C });
  await expect(put({ ChecksumCRC32C: 'AAAAAA==' })).rejects.toMatchObject(failing('BadDigest', 400));
});

test('no object has tags', async () => {
  expect((await owner.send(new GetObjectTaggingCommand({ Bucket, Key }))).TagSet).toEqual([]);
  await expect(owner.send(new GetObjectTaggingCommand({ Bucket, Key: 'none' }))).rejects.toMatchObject(
    failing('NoSuchKey', 404),
  );
});
