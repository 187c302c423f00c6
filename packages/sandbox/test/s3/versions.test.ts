import {
  CopyObjectCommand,
  DeleteBucketCommand,
  DeleteObjectCommand,
  DeleteObjectsCommand,
  GetBucketVersioningCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  ListObjectVersionsCommand,
  type ListObjectVersionsCommandOutput,
  PutBucketVersioningCommand,
  PutObjectCommand,
  type S3Client,
  UploadPartCopyCommand,
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
} from '@aws-sdk/client-s3';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { StatementJson } from '@crosswind/iam/policy-document';
import { ACCOUNT, laboratory, REGION } from './laboratory.ts';

const Bucket = 'winds';
const allow = (Action: string | readonly string[], more: object = {}): StatementJson => ({
  Effect: 'Allow',
  Action,
  Resource: '*',
  ...more,
});
const readsOne = allow('s3:GetObjectVersion', { Condition: { StringEquals: { 's3:versionid': 'null' } } });

let lab: Awaited<ReturnType<typeof laboratory>>;
let admin: S3Client;
beforeAll(async () => {
  lab = await laboratory({
    admin: [allow('s3:*')],
    current: [allow(['s3:GetObject', 's3:ListBucket', 's3:DeleteObject'])],
    versions: [allow(['s3:GetObjectVersion', 's3:ListBucketVersions', 's3:DeleteObjectVersion', 's3:ListBucket'])],
    oldest: [readsOne, allow('s3:ListBucket')],
  });
  admin = lab.client('admin');
});
afterAll(() => lab.close());

beforeEach(() => {
  for (const name of [Bucket, 'other']) {
    const bucket = lab.storage.bucket(name);
    for (const key of [...(bucket?.objects.keys() ?? []), ...(bucket?.hidden.keys() ?? [])]) {
      lab.storage.discard({ bucket: name, key });
    }
    if (bucket) lab.storage.removeBucket(name);
    lab.storage.createBucket({ name, account: ACCOUNT, region: REGION });
  }
});

const versioning = (Status: 'Enabled' | 'Suspended') =>
  admin.send(new PutBucketVersioningCommand({ Bucket, VersioningConfiguration: { Status } }));
const put = async (Key: string, Body: string, client = admin) =>
  (await client.send(new PutObjectCommand({ Bucket, Key, Body }))).VersionId;
const read = async (Key: string, VersionId?: string, client = admin) =>
  (await client.send(new GetObjectCommand({ Bucket, Key, VersionId }))).Body?.transformToString();
const remove = (Key: string, VersionId?: string, client = admin) =>
  client.send(new DeleteObjectCommand({ Bucket, Key, VersionId }));
const versions = (query: object = {}, client = admin) =>
  client.send(new ListObjectVersionsCommand({ Bucket, ...query }));
const keys = async () =>
  ((await admin.send(new ListObjectsV2Command({ Bucket }))).Contents ?? []).map(({ Key }) => Key);
/** Versions in the order of the list, with `(marker)` for delete markers and `*` for the latest of a key. */
const shown = ({ Versions = [], DeleteMarkers = [] }: ListObjectVersionsCommandOutput) => [
  ...Versions.map(({ Key, VersionId, IsLatest }) => `${Key}${IsLatest ? '*' : ''} ${VersionId}`),
  ...DeleteMarkers.map(({ Key, VersionId, IsLatest }) => `${Key}${IsLatest ? '*' : ''} ${VersionId} (marker)`),
];
const errorOf = async (call: Promise<unknown>) => {
  const { name, $metadata } = await call.then(
    () => ({ name: 'no error', $metadata: { httpStatusCode: 200 } }),
    (error: unknown) => error as { name: string; $metadata: { httpStatusCode?: number } },
  );
  return `${$metadata.httpStatusCode} ${name}`;
};

describe('a bucket that was never versioned', () => {
  test('says nothing of versioning or versions', async () => {
    expect((await admin.send(new GetBucketVersioningCommand({ Bucket }))).Status).toBeUndefined();
    expect(await put('a', 'one')).toBeUndefined();
    expect((await admin.send(new HeadObjectCommand({ Bucket, Key: 'a' }))).VersionId).toBeUndefined();
  });

  test('has one null version of an object, which is gone after its deletion', async () => {
    await put('a', 'one');
    await put('a', 'two');
    expect(shown(await versions())).toEqual(['a* null']);
    expect(await read('a', 'null')).toBe('two');
    expect((await remove('a')).DeleteMarker).toBeUndefined();
    expect(shown(await versions())).toEqual([]);
  });
});

describe('a versioned bucket', () => {
  beforeEach(() => versioning('Enabled'));

  test('says so', async () => {
    expect((await admin.send(new GetBucketVersioningCommand({ Bucket }))).Status).toBe('Enabled');
  });

  test('keeps what is overwritten, the newest first', async () => {
    const one = await put('a', 'one');
    const two = await put('a', 'two');
    expect(one).toMatch(/^[\w-]{32}$/);
    expect(one).not.toBe(two);
    expect([await read('a'), await read('a', two), await read('a', one)]).toEqual(['two', 'two', 'one']);
    expect(shown(await versions())).toEqual([`a* ${two}`, `a ${one}`]);
    expect((await admin.send(new HeadObjectCommand({ Bucket, Key: 'a', VersionId: one }))).VersionId).toBe(one);
    expect((await admin.send(new HeadObjectCommand({ Bucket, Key: 'a' }))).VersionId).toBe(two);
  });

  test('hides a deleted object behind a marker, and shows it again without the marker', async () => {
    const one = await put('a', 'one');
    const { DeleteMarker, VersionId: marker } = await remove('a');
    expect(DeleteMarker).toBe(true);
    expect(await errorOf(read('a'))).toBe('404 NoSuchKey');
    expect(await errorOf(read('a', marker))).toBe('405 MethodNotAllowed');
    expect(await keys()).toEqual([]);
    expect(await read('a', one)).toBe('one');
    expect(shown(await versions())).toEqual([`a ${one}`, `a* ${marker} (marker)`]);
    expect(await remove('a', marker)).toMatchObject({ DeleteMarker: true, VersionId: marker });
    expect(await read('a')).toBe('one');
  });

  test('answers for a deleted object with the headers of its marker', async () => {
    await put('a', 'one');
    const { VersionId: marker } = await remove('a');
    const failure: unknown = await read('a').catch((error: unknown) => error);
    const { headers } = (failure as { $response: { headers: Record<string, string> } }).$response;
    expect(headers).toMatchObject({ 'x-amz-delete-marker': 'true', 'x-amz-version-id': marker });
  });

  test('writes a marker also for a key that was never there', async () => {
    const { VersionId: marker } = await remove('never');
    expect(shown(await versions())).toEqual([`never* ${marker} (marker)`]);
  });

  test('makes the version before the deleted one current', async () => {
    const one = await put('a', 'one');
    const two = await put('a', 'two');
    expect(await remove('a', two)).toMatchObject({ VersionId: two });
    expect(await read('a')).toBe('one');
    await remove('a', one);
    expect(await keys()).toEqual([]);
    expect(await errorOf(read('a', one))).toBe('404 NoSuchVersion');
  });

  test('takes the deletion of a version that is not there for done', async () => {
    await put('a', 'one');
    expect(await remove('a', 'gone')).toMatchObject({ VersionId: 'gone' });
    expect(await read('a')).toBe('one');
  });

  test('keeps the object from before as the null version', async () => {
    await versioning('Suspended');
    await put('a', 'before');
    await versioning('Enabled');
    const after = await put('a', 'after');
    expect(shown(await versions())).toEqual([`a* ${after}`, 'a null']);
    expect(await read('a', 'null')).toBe('before');
  });

  test('deletes versions and markers together by DeleteObjects', async () => {
    const one = await put('a', 'one');
    const { VersionId: marker } = await remove('a');
    await put('b', 'two');
    const Objects = [{ Key: 'a', VersionId: one }, { Key: 'a', VersionId: marker }, { Key: 'b' }];
    const { Deleted } = await admin.send(new DeleteObjectsCommand({ Bucket, Delete: { Objects } }));
    expect(Deleted).toMatchObject([
      { Key: 'a', VersionId: one },
      { Key: 'a', VersionId: marker, DeleteMarker: true, DeleteMarkerVersionId: marker },
      { Key: 'b', DeleteMarker: true },
    ]);
    expect((await versions()).Versions).toHaveLength(1);
    expect(await keys()).toEqual([]);
  });

  test('copies a version, also over its own key', async () => {
    const one = await put('a', 'one');
    await put('a', 'two');
    const CopySource = `${Bucket}/a?versionId=${one}`;
    const copied = await admin.send(new CopyObjectCommand({ Bucket, Key: 'a', CopySource }));
    expect(copied.CopySourceVersionId).toBe(one);
    expect(copied.VersionId).not.toBe(one);
    expect(await read('a')).toBe('one');
    expect((await versions()).Versions).toHaveLength(3);
  });

  test('gives what is uploaded in parts a version, and takes a version as a part', async () => {
    const one = await put('a', 'one');
    await put('a', 'two');
    const { UploadId } = await admin.send(new CreateMultipartUploadCommand({ Bucket, Key: 'b' }));
    const part = { Bucket, Key: 'b', UploadId, PartNumber: 1, CopySource: `${Bucket}/a?versionId=${one}` };
    const { CopyPartResult } = await admin.send(new UploadPartCopyCommand(part));
    const MultipartUpload = { Parts: [{ PartNumber: 1, ETag: CopyPartResult?.ETag }] };
    const completed = await admin.send(
      new CompleteMultipartUploadCommand({ Bucket, Key: 'b', UploadId, MultipartUpload }),
    );
    expect(await read('b', completed.VersionId)).toBe('one');
  });

  test('writes a new object over a marker only on conditions that hold', async () => {
    await put('a', 'one');
    const conditional = () => admin.send(new PutObjectCommand({ Bucket, Key: 'a', Body: 'new', IfNoneMatch: '*' }));
    expect(await errorOf(conditional())).toBe('412 PreconditionFailed');
    await remove('a');
    expect(await errorOf(conditional())).toBe('200 no error');
  });

  test.each([
    ['an object', 'a', false],
    ['an old version', 'a', true],
    ['a delete marker', 'b', true],
  ])('cannot be deleted while it has %s', async (_, key, isDeleted) => {
    if (key === 'a') await put('a', 'one');
    if (isDeleted) await remove(key);
    expect(await errorOf(admin.send(new DeleteBucketCommand({ Bucket })))).toBe('409 BucketNotEmpty');
    for (const { Key, VersionId } of [
      ...((await versions()).Versions ?? []),
      ...((await versions()).DeleteMarkers ?? []),
    ])
      await remove(Key ?? '', VersionId);
    expect(await errorOf(admin.send(new DeleteBucketCommand({ Bucket })))).toBe('200 no error');
    lab.storage.createBucket({ name: Bucket, account: ACCOUNT, region: REGION });
  });
});

describe('a bucket with suspended versioning', () => {
  test('overwrites the null version only', async () => {
    await versioning('Enabled');
    const one = await put('a', 'one');
    await versioning('Suspended');
    expect(await put('a', 'two')).toBeUndefined();
    await put('a', 'three');
    expect(shown(await versions())).toEqual(['a* null', `a ${one}`]);
    expect([await read('a'), await read('a', one)]).toEqual(['three', 'one']);
    expect((await admin.send(new HeadObjectCommand({ Bucket, Key: 'a' }))).VersionId).toBe('null');
  });

  test('puts a null marker in the place of the null version', async () => {
    await versioning('Enabled');
    const one = await put('a', 'one');
    await versioning('Suspended');
    await put('a', 'two');
    expect(await remove('a')).toMatchObject({ DeleteMarker: true, VersionId: 'null' });
    expect(shown(await versions())).toEqual([`a ${one}`, 'a* null (marker)']);
    await put('a', 'three');
    expect(shown(await versions())).toEqual(['a* null', `a ${one}`]);
  });
});

test.each([['Off'], ['enabled']])('versioning %s is refused', async (Status) => {
  const call = admin.send(
    new PutBucketVersioningCommand({ Bucket, VersioningConfiguration: { Status: Status as 'Enabled' } }),
  );
  expect(await errorOf(call)).toBe('400 IllegalVersioningConfigurationException');
});

describe('a list of versions', () => {
  beforeEach(async () => {
    await versioning('Enabled');
    for (const key of ['a', 'b/1', 'b/2', 'c']) {
      await put(key, 'one');
      await put(key, 'two');
    }
    await remove('c');
  });

  /** All pages of a list, as keys of versions, markers and common prefixes in their order. */
  async function pages(query: object): Promise<readonly (readonly string[])[]> {
    const found: string[][] = [];
    let markers = {};
    for (;;) {
      const page = await versions({ ...query, ...markers });
      const items = [...(page.Versions ?? []), ...(page.DeleteMarkers ?? [])].map(({ Key }) => Key ?? '');
      found.push([...items, ...(page.CommonPrefixes ?? []).map(({ Prefix }) => Prefix ?? '')]);
      if (!page.IsTruncated) return found;
      markers = { KeyMarker: page.NextKeyMarker, VersionIdMarker: page.NextVersionIdMarker };
    }
  }

  test.each([
    ['all', {}, [['a', 'a', 'b/1', 'b/1', 'b/2', 'b/2', 'c', 'c', 'c']]],
    [
      'in pages that end within a key',
      { MaxKeys: 3 },
      [
        ['a', 'a', 'b/1'],
        ['b/1', 'b/2', 'b/2'],
        ['c', 'c', 'c'],
      ],
    ],
    ['with a prefix', { Prefix: 'b/' }, [['b/1', 'b/1', 'b/2', 'b/2']]],
    ['grouped', { Delimiter: '/' }, [['a', 'a', 'c', 'c', 'c', 'b/']]],
    [
      'grouped, page by page',
      { Delimiter: '/', MaxKeys: 2 },
      [
        ['a', 'a'],
        ['c', 'b/'],
        ['c', 'c'],
      ],
    ],
    [
      'grouped, in pages that end with the group',
      { Delimiter: '/', MaxKeys: 3 },
      [
        ['a', 'a', 'b/'],
        ['c', 'c', 'c'],
      ],
    ],
    ['after a key', { KeyMarker: 'b/1' }, [['b/2', 'b/2', 'c', 'c', 'c']]],
    ['none', { MaxKeys: 0 }, [[]]],
  ])('is complete: %s', async (_, query, expected) => {
    expect(await pages(query)).toEqual(expected);
  });

  test('takes no version without its key', async () => {
    expect(await errorOf(versions({ VersionIdMarker: 'x' }))).toBe('400 InvalidArgument');
  });
});

describe('the permissions of versions', () => {
  const client = (role: string) => lab.client(role);
  let one: string | undefined;
  beforeEach(async () => {
    await put('a', 'zero');
    await versioning('Enabled');
    one = await put('a', 'one');
  });

  test.each([
    ['current', 'reads the current object', () => read('a', undefined, client('current')), '200 no error'],
    ['current', 'does not read a version', () => read('a', one, client('current')), '403 AccessDenied'],
    ['versions', 'reads a version', () => read('a', one, client('versions')), '200 no error'],
    [
      'versions',
      'does not read the current object',
      () => read('a', undefined, client('versions')),
      '403 AccessDenied',
    ],
    ['oldest', 'reads the version of its condition', () => read('a', 'null', client('oldest')), '200 no error'],
    ['oldest', 'reads no other version', () => read('a', one, client('oldest')), '403 AccessDenied'],
    ['current', 'deletes the current object', () => remove('a', undefined, client('current')), '200 no error'],
    ['current', 'deletes no version', () => remove('a', one, client('current')), '403 AccessDenied'],
    ['versions', 'deletes a version', () => remove('a', one, client('versions')), '200 no error'],
    ['versions', 'does not delete the object', () => remove('a', undefined, client('versions')), '403 AccessDenied'],
    ['current', 'does not list versions', () => versions({}, client('current')), '403 AccessDenied'],
    ['versions', 'lists versions', () => versions({}, client('versions')), '200 no error'],
  ])('a role with those of %s %s', async (_, __, call, expected) => {
    expect(await errorOf(call())).toBe(expected);
  });
});
