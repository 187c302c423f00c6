import {
  CompleteMultipartUploadCommand,
  CopyObjectCommand,
  CreateMultipartUploadCommand,
  DeleteObjectTaggingCommand,
  GetObjectCommand,
  GetObjectTaggingCommand,
  HeadObjectCommand,
  PutBucketVersioningCommand,
  PutObjectCommand,
  PutObjectTaggingCommand,
  type S3Client,
  type Tag,
  UploadPartCommand,
} from '@aws-sdk/client-s3';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { StatementJson } from '@crosswind/iam/policy-document';
import { ACCOUNT, laboratory, REGION } from './laboratory.ts';

const Bucket = 'winds';
const Key = 'a';
const allow = (Action: string | readonly string[], Condition?: object): StatementJson =>
  ({ Effect: 'Allow', Action, Resource: '*', ...(Condition && { Condition }) }) as StatementJson;
const whole = ['s3:GetObject', 's3:PutObject'];

let lab: Awaited<ReturnType<typeof laboratory>>;
let admin: S3Client;
beforeAll(async () => {
  lab = await laboratory({
    admin: [allow('s3:*')],
    plain: [allow([...whole, 's3:GetObjectVersion'])],
    readsTags: [allow([...whole, 's3:GetObjectTagging'])],
    writesTags: [allow([...whole, 's3:PutObjectTagging'])],
    bothTags: [allow([...whole, 's3:GetObjectTagging', 's3:PutObjectTagging'])],
    versionTags: [allow(['s3:GetObjectVersionTagging', 's3:PutObjectVersionTagging', 's3:DeleteObjectVersionTagging'])],
    ofWind: [allow('s3:GetObject', { StringEquals: { 's3:ExistingObjectTag/team': 'wind' } })],
    forWind: [allow(['s3:PutObject', 's3:PutObjectTagging'], { StringEquals: { 's3:RequestObjectTag/team': 'wind' } })],
    teamOnly: [
      allow(['s3:PutObject', 's3:PutObjectTagging'], {
        'ForAllValues:StringEquals': { 's3:RequestObjectTagKeys': ['team'] },
      }),
    ],
  });
  admin = lab.client('admin');
});
afterAll(() => lab.close());

beforeEach(() => {
  for (const key of ['a', 'b']) lab.storage.discard({ bucket: Bucket, key });
  lab.storage.removeBucket(Bucket);
  lab.storage.createBucket({ name: Bucket, account: ACCOUNT, region: REGION });
});

const put = (Tagging?: string, client = admin) =>
  client.send(new PutObjectCommand({ Bucket, Key, Body: 'x', Tagging }));
const tags = async (key = Key, VersionId?: string, client = admin) =>
  (await client.send(new GetObjectTaggingCommand({ Bucket, Key: key, VersionId }))).TagSet;
const tag = (TagSet: Tag[], VersionId?: string, client = admin) =>
  client.send(new PutObjectTaggingCommand({ Bucket, Key, VersionId, Tagging: { TagSet } }));
const untag = (VersionId?: string, client = admin) =>
  client.send(new DeleteObjectTaggingCommand({ Bucket, Key, VersionId }));
const copy = (client = admin, more: object = {}) =>
  client.send(new CopyObjectCommand({ Bucket, Key: 'b', CopySource: `${Bucket}/${Key}`, ...more }));
const replaced = { TaggingDirective: 'REPLACE' } as const;
const versioned = () =>
  admin.send(new PutBucketVersioningCommand({ Bucket, VersioningConfiguration: { Status: 'Enabled' } }));
const read = (client = admin) => client.send(new GetObjectCommand({ Bucket, Key }));
const outcome = (call: Promise<unknown>) =>
  call.then(
    () => 'done',
    (error: unknown) => (error as Error).name,
  );
const team = [{ Key: 'team', Value: 'wind' }];

describe('tags of an object', () => {
  test('come with it and are counted', async () => {
    await put('team=wind&place=on%20a%2Fhill');
    expect(await tags()).toEqual([{ Key: 'place', Value: 'on a/hill' }, ...team]);
    expect((await read()).TagCount).toBe(2);
    expect((await admin.send(new HeadObjectCommand({ Bucket, Key }))).TagCount).toBe(2);
  });

  test('are none without the header', async () => {
    await put();
    expect(await tags()).toEqual([]);
    expect((await read()).TagCount).toBeUndefined();
  });

  test('are counted only for who may read them', async () => {
    await put('team=wind');
    expect((await read(lab.client('readsTags'))).TagCount).toBe(1);
    expect((await read(lab.client('plain'))).TagCount).toBeUndefined();
  });

  test('are replaced as a whole, and deleted', async () => {
    await put('old=1');
    await tag(team);
    expect(await tags()).toEqual(team);
    await untag();
    expect(await tags()).toEqual([]);
  });

  test('come with an upload in parts', async () => {
    const { UploadId } = await admin.send(new CreateMultipartUploadCommand({ Bucket, Key, Tagging: 'team=wind' }));
    const { ETag } = await admin.send(new UploadPartCommand({ Bucket, Key, UploadId, PartNumber: 1, Body: 'x' }));
    const MultipartUpload = { Parts: [{ PartNumber: 1, ETag }] };
    await admin.send(new CompleteMultipartUploadCommand({ Bucket, Key, UploadId, MultipartUpload }));
    expect(await tags()).toEqual(team);
  });

  test('belong to a version, and a change makes no new one', async () => {
    await versioned();
    const { VersionId: one } = await put('old=1');
    const { VersionId: two } = await put();
    expect((await tag(team, one)).VersionId).toBe(one);
    expect([await tags(Key, one), await tags(Key, two), await tags()]).toEqual([team, [], []]);
    await untag(one);
    expect(await tags(Key, one)).toEqual([]);
    expect((await admin.send(new HeadObjectCommand({ Bucket, Key }))).VersionId).toBe(two);
  });

  const many = (count: number) => Array.from({ length: count }, (_, at) => ({ Key: `k${at}`, Value: '' }));
  const long = (count: number) => 'x'.repeat(count);
  test.each([
    ['ten', many(10), 'done'],
    ['eleven', many(11), 'BadRequest'],
    ['none', [], 'done'],
    ['one key twice', [...team, ...team], 'InvalidTag'],
    ['a key of 128 characters', [{ Key: long(128), Value: '' }], 'done'],
    ['a key of 129 characters', [{ Key: long(129), Value: '' }], 'InvalidTag'],
    ['an empty key', [{ Key: '', Value: '1' }], 'InvalidTag'],
    ['a value of 256 characters', [{ Key: 'k', Value: long(256) }], 'done'],
    ['a value of 257 characters', [{ Key: 'k', Value: long(257) }], 'InvalidTag'],
    ['letters of every language', [{ Key: 'größe', Value: '大' }], 'done'],
    ['a forbidden character', [{ Key: 'k', Value: 'a;b' }], 'InvalidTag'],
    ['a key of AWS', [{ Key: 'aws:k', Value: '1' }], 'InvalidTag'],
  ])('may be %s: %j', async (_, TagSet, expected) => {
    await put();
    expect(await outcome(tag(TagSet))).toBe(expected);
  });

  test.each([
    ['a=1&b=2', 'done'],
    ['a=1&a=2', 'InvalidArgument'],
    [
      many(11)
        .map((one) => `${one.Key}=1`)
        .join('&'),
      'BadRequest',
    ],
  ])('may be in the header: %s', async (header, expected) => {
    expect(await outcome(put(header))).toBe(expected);
  });
});

describe('a copy', () => {
  test.each([
    ['has the tags of its source', {}, team],
    ['has them on demand', { TaggingDirective: 'COPY' }, team],
    ['has none on demand', replaced, []],
    ['has others on demand', { ...replaced, Tagging: 'new=1' }, [{ Key: 'new', Value: '1' }]],
  ])('%s', async (_, more, expected) => {
    await put('team=wind');
    await copy(admin, more);
    expect(await tags('b')).toEqual(expected);
  });

  test.each([
    ['of a source with tags takes both permissions', 'team=wind', 'bothTags', {}, 'done'],
    ['of a source with tags fails without reading them', 'team=wind', 'writesTags', {}, 'AccessDenied'],
    ['of a source with tags fails without writing them', 'team=wind', 'readsTags', {}, 'AccessDenied'],
    ['of a source with tags fails without both', 'team=wind', 'plain', {}, 'AccessDenied'],
    ['of a source without tags takes neither', undefined, 'plain', {}, 'done'],
    ['without the tags of its source takes neither', 'team=wind', 'plain', replaced, 'done'],
    ['with other tags takes writing them', 'team=wind', 'writesTags', { ...replaced, Tagging: 'a=1' }, 'done'],
    ['with other tags fails without it', 'team=wind', 'plain', { ...replaced, Tagging: 'a=1' }, 'AccessDenied'],
  ])('%s', async (_, header, role, more, expected) => {
    await put(header);
    expect(await outcome(copy(lab.client(role), more))).toBe(expected);
  });

  test('of a version takes the permission for its tags', async () => {
    await versioned();
    const { VersionId } = await put('team=wind');
    const CopySource = `${Bucket}/${Key}?versionId=${VersionId}`;
    expect(await outcome(copy(lab.client('plain'), { CopySource }))).toBe('AccessDenied');
    expect(await outcome(copy(lab.client('plain'), { CopySource, ...replaced }))).toBe('done');
    expect(await outcome(copy(admin, { CopySource }))).toBe('done');
  });
});

describe('the permissions of tags', () => {
  test.each([
    ['readsTags', 'reads tags', (client: S3Client) => tags(Key, undefined, client), 'done'],
    ['plain', 'reads no tags', (client: S3Client) => tags(Key, undefined, client), 'AccessDenied'],
    ['readsTags', 'writes no tags', (client: S3Client) => tag(team, undefined, client), 'AccessDenied'],
    ['writesTags', 'writes tags', (client: S3Client) => tag(team, undefined, client), 'done'],
    ['writesTags', 'deletes no tags', (client: S3Client) => untag(undefined, client), 'AccessDenied'],
    ['bothTags', 'reads no tags of a version', (client: S3Client) => tags(Key, 'null', client), 'AccessDenied'],
    ['versionTags', 'reads tags of a version', (client: S3Client) => tags(Key, 'null', client), 'done'],
    ['versionTags', 'writes tags of a version', (client: S3Client) => tag(team, 'null', client), 'done'],
    ['versionTags', 'deletes tags of a version', (client: S3Client) => untag('null', client), 'done'],
    ['plain', 'puts an object without tags', (client: S3Client) => put(undefined, client), 'done'],
    ['plain', 'puts no object with tags', (client: S3Client) => put('a=1', client), 'AccessDenied'],
    ['writesTags', 'puts an object with tags', (client: S3Client) => put('a=1', client), 'done'],
    ['forWind', 'puts an object of its team', (client: S3Client) => put('team=wind', client), 'done'],
    ['forWind', 'puts no object of another', (client: S3Client) => put('team=sea', client), 'AccessDenied'],
    ['teamOnly', 'puts an object with the one key', (client: S3Client) => put('team=sea', client), 'done'],
    ['teamOnly', 'puts no object with others', (client: S3Client) => put('a=1&team=sea', client), 'AccessDenied'],
  ])('a role with those of %s %s', async (role, _, call, expected) => {
    await put('old=1');
    expect(await outcome(call(lab.client(role)))).toBe(expected);
  });

  test.each([
    ['team=wind', 'done'],
    ['team=sea', 'AccessDenied'],
    [undefined, 'AccessDenied'],
  ])('an object with tags %s is read by whom its tags admit', async (header, expected) => {
    await put(header);
    expect(await outcome(read(lab.client('ofWind')))).toBe(expected);
  });
});
