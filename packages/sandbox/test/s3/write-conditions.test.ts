import { createHash } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import {
  CompleteMultipartUploadCommand,
  CopyObjectCommand,
  CreateMultipartUploadCommand,
  DeleteObjectCommand,
  ListPartsCommand,
  PutObjectCommand,
  type PutObjectCommandInput,
  type S3Client,
  S3ServiceException,
  UploadPartCommand,
} from '@aws-sdk/client-s3';
import { afterAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { ACCOUNT, laboratory, REGION } from './laboratory.ts';

const enforced = 'arn:aws:s3:::enforced';
const lab = await laboratory({
  owner: [{ Effect: 'Allow', Action: 's3:*', Resource: '*' }],
  writer: [
    { Effect: 'Allow', Action: 's3:PutObject', Resource: 'arn:aws:s3:::winds/*' },
    { Effect: 'Allow', Action: 's3:GetObject', Resource: 'arn:aws:s3:::winds/source' },
  ],
  [enforced]: [
    {
      Effect: 'Deny',
      Principal: '*',
      Action: 's3:PutObject',
      Resource: `${enforced}/*`,
      Condition: {
        Null: { 's3:if-none-match': 'true', 's3:if-match': 'true' },
        Bool: { 's3:ObjectCreationOperation': 'true' },
      },
    },
  ],
});
const owner = lab.client('owner');
const Bucket = 'winds';
const Key = 'gusts';

for (const name of [Bucket, 'enforced']) lab.storage.createBucket({ name, account: ACCOUNT, region: REGION });
beforeEach(() => {
  for (const key of [Key, 'new']) lab.storage.discard({ bucket: Bucket, key });
  lab.storage.seed({ bucket: Bucket, key: 'source' }, Buffer.from('storm'));
});
afterAll(async () => {
  await lab.close();
  expect(lab.failures).toEqual([]);
});

type Conditions = Pick<PutObjectCommandInput, 'IfMatch' | 'IfNoneMatch'>;

const etagOf = (body: string): string => `"${createHash('md5').update(body).digest('hex')}"`;
const seed = (body: string): void => {
  lab.storage.seed({ bucket: Bucket, key: Key }, Buffer.from(body));
};
const bodyOf = async (key = Key): Promise<string | undefined> =>
  (await lab.storage.inspect({ bucket: Bucket, key }))?.toString();

const put = (conditions: Conditions, client: S3Client = owner) =>
  client.send(new PutObjectCommand({ Bucket, Key, Body: 'storm', ...conditions }));
const copy = (conditions: Conditions, client: S3Client = owner) =>
  client.send(new CopyObjectCommand({ Bucket, Key, CopySource: `${Bucket}/source`, ...conditions }));

/** An upload of one part, to be completed. */
async function upload(name = Bucket) {
  const of = { Bucket: name, Key };
  const { UploadId } = await owner.send(new CreateMultipartUploadCommand(of));
  const { ETag } = await owner.send(new UploadPartCommand({ ...of, UploadId, PartNumber: 1, Body: 'storm' }));
  const MultipartUpload = { Parts: [{ PartNumber: 1, ETag }] };
  return {
    UploadId,
    complete: (conditions: Conditions, client: S3Client = owner) =>
      client.send(new CompleteMultipartUploadCommand({ ...of, UploadId, MultipartUpload, ...conditions })),
  };
}
const uploadWith = async (conditions: Conditions, client?: S3Client) => (await upload()).complete(conditions, client);

/** Error of a request by name and status; undefined if it succeeds. */
async function refusalOf(request: Promise<unknown>): Promise<string | undefined> {
  try {
    await request;
    return undefined;
  } catch (error) {
    if (!(error instanceof S3ServiceException)) throw error;
    return `${error.name} ${error.$metadata.httpStatusCode ?? ''}`;
  }
}

const writes = [
  ['PutObject', put],
  ['CopyObject', copy],
  ['CompleteMultipartUpload', uploadWith],
] as const;

describe.each(writes)('%s', (_, write) => {
  const there = 'calm';
  test.each<[title: string, before: string | undefined, Conditions, refusal: string | undefined]>([
    ['a key that nothing has', undefined, { IfNoneMatch: '*' }, undefined],
    ['a key that an object has', there, { IfNoneMatch: '*' }, 'PreconditionFailed 412'],
    ['an object of that ETag', there, { IfMatch: etagOf(there) }, undefined],
    ['an object of that ETag, without quotes', there, { IfMatch: etagOf(there).replaceAll('"', '') }, undefined],
    ['an object of another ETag', there, { IfMatch: etagOf('gale') }, 'PreconditionFailed 412'],
    ['an object that is missing', undefined, { IfMatch: etagOf(there) }, 'NoSuchKey 404'],
    ['any object, as S3 does not', there, { IfMatch: '*' }, 'NotImplemented 501'],
    ['objects of other ETags, as S3 does not', there, { IfNoneMatch: etagOf('gale') }, 'NotImplemented 501'],
    ['both, as S3 does not', there, { IfMatch: etagOf(there), IfNoneMatch: '*' }, 'NotImplemented 501'],
  ])('asks for %s', async (_title, before, conditions, refusal) => {
    if (before !== undefined) seed(before);
    expect(await refusalOf(write(conditions))).toBe(refusal);
    expect(await bodyOf()).toBe(refusal === undefined ? 'storm' : before);
  });

  test('needs a permission to read for If-Match, and none for If-None-Match', async () => {
    const writer = lab.client('writer');
    expect(await refusalOf(write({ IfNoneMatch: '*' }, writer))).toBeUndefined();
    seed(there);
    expect(await refusalOf(write({ IfMatch: etagOf(there) }, writer))).toBe('AccessDenied 403');
    expect(await refusalOf(write({ IfMatch: etagOf(there) }))).toBeUndefined();
  });
});

describe('a write that another one interferes with', () => {
  const remove = () => owner.send(new DeleteObjectCommand({ Bucket, Key }));
  const write = (body: string) => () => owner.send(new PutObjectCommand({ Bucket, Key, Body: body }));
  const conflict = 'ConditionalRequestConflict 409';

  const interferences: [title: string, Conditions, interfere: () => Promise<unknown>, refusal: string | undefined][] = [
    ['nothing', { IfMatch: etagOf('calm') }, () => Promise.resolve(), undefined],
    ['a deletion, for a key that nothing has', { IfNoneMatch: '*' }, remove, conflict],
    ['a deletion, for an object', { IfMatch: etagOf('calm') }, remove, 'NoSuchKey 404'],
    ['a write of another body', { IfMatch: etagOf('calm') }, write('gale'), 'PreconditionFailed 412'],
    ['a write of the same body', { IfMatch: etagOf('calm') }, write('calm'), conflict],
    ['a deletion, without conditions', {}, remove, undefined],
  ];

  test.each(interferences)('PutObject: %s', async (_, conditions, interfere, refusal) => {
    seed('calm');
    async function* body() {
      yield Buffer.from('sto');
      await vi.waitUntil(() => readdirSync(join(lab.directory, 'incoming')).length > 0);
      await interfere();
      yield Buffer.from('rm');
    }
    const Body = Readable.from(body());
    const request = new PutObjectCommand({ Bucket, Key, Body, ContentLength: 5, ...conditions });
    expect(await refusalOf(owner.send(request))).toBe(refusal);
    if (refusal === undefined) expect(await bodyOf()).toBe('storm');
  });

  test.each(interferences)('CompleteMultipartUpload: %s', async (_, conditions, interfere, refusal) => {
    seed('calm');
    const { UploadId, complete } = await upload();
    await interfere();
    expect(await refusalOf(complete(conditions))).toBe(refusal);
    if (refusal === undefined) expect(await bodyOf()).toBe('storm');
    else {
      const { Parts } = await owner.send(new ListPartsCommand({ Bucket, Key, UploadId }));
      expect(Parts).toHaveLength(1);
      await complete({});
      expect(await bodyOf()).toBe('storm');
    }
  });

  test('the first of ten that complete at once wins', async () => {
    const uploads = await Promise.all(Array.from({ length: 10 }, () => upload()));
    const refusals = await Promise.all(uploads.map(({ complete }) => refusalOf(complete({ IfNoneMatch: '*' }))));
    expect(refusals.filter((refusal) => refusal === undefined)).toHaveLength(1);
    expect(refusals.filter((refusal) => refusal === 'PreconditionFailed 412')).toHaveLength(9);
  });
});

test('a bucket policy enforces conditional writes, and lets uploads begin', async () => {
  const of = { Bucket: 'enforced', Key, Body: 'storm' };
  expect(await refusalOf(owner.send(new PutObjectCommand(of)))).toBe('AccessDenied 403');
  expect(await refusalOf(owner.send(new PutObjectCommand({ ...of, IfNoneMatch: '*' })))).toBeUndefined();
  const { complete } = await upload('enforced');
  expect(await refusalOf(complete({}))).toBe('AccessDenied 403');
  expect(await refusalOf(complete({ IfMatch: etagOf('storm') }))).toBeUndefined();
});
