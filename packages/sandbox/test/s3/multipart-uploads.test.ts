import { createHash } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import {
  AbortMultipartUploadCommand,
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  type CreateMultipartUploadCommandInput,
  GetObjectCommand,
  HeadObjectCommand,
  ListPartsCommand,
  type S3Client,
  UploadPartCommand,
} from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { checksumOf } from '../../src/s3/checksum.ts';
import { ACCOUNT, laboratory, REGION } from './laboratory.ts';

const megabyte = 1024 * 1024;
const lab = await laboratory({
  owner: [{ Effect: 'Allow', Action: 's3:*', Resource: '*' }],
  reader: [{ Effect: 'Allow', Action: ['s3:GetObject', 's3:ListBucket'], Resource: '*' }],
});
const owner = lab.client('owner');
const reader = lab.client('reader');
const Bucket = 'winds';

beforeAll(() => {
  lab.storage.createBucket({ name: Bucket, account: ACCOUNT, region: REGION });
});
afterAll(async () => {
  await lab.close();
  expect(lab.failures).toEqual([]);
});

const partsOf = (...sizes: readonly number[]): readonly Buffer[] =>
  sizes.map((size, index) => Buffer.alloc(size, `part ${index} `));

async function begin(Key: string, rest: Partial<CreateMultipartUploadCommandInput> = {}): Promise<string> {
  const { UploadId = '' } = await owner.send(new CreateMultipartUploadCommand({ Bucket, Key, ...rest }));
  return UploadId;
}

const send = (Key: string, UploadId: string, PartNumber: number, Body: Buffer, client: S3Client = owner) =>
  client.send(new UploadPartCommand({ Bucket, Key, UploadId, PartNumber, Body }));

const complete = (Key: string, UploadId: string, Parts: { PartNumber: number; ETag: string | undefined }[]) =>
  owner.send(new CompleteMultipartUploadCommand({ Bucket, Key, UploadId, MultipartUpload: { Parts } }));

/** Sends all parts and completes the upload. */
async function upload(Key: string, parts: readonly Buffer[], rest: Partial<CreateMultipartUploadCommandInput> = {}) {
  const UploadId = await begin(Key, rest);
  const sent = [];
  for (const [index, body] of parts.entries()) {
    const { ETag } = await send(Key, UploadId, index + 1, body);
    sent.push({ PartNumber: index + 1, ETag });
  }
  return complete(Key, UploadId, sent);
}

async function read(Key: string): Promise<Buffer> {
  const { Body } = await owner.send(new GetObjectCommand({ Bucket, Key }));
  return Buffer.from((await Body?.transformToByteArray()) ?? []);
}

const bodiesOnDisk = (): number =>
  readdirSync(join(lab.directory, '0')).length + readdirSync(join(lab.directory, 'incoming')).length;

const md5 = (bytes: Buffer): Buffer => createHash('md5').update(bytes).digest();

describe('an upload in parts', () => {
  test('becomes one object, with the headers that it began with and the ETag of its parts', async () => {
    const parts = partsOf(5 * megabyte, 6 * megabyte, 3);
    const done = await upload('whole', parts, { ContentType: 'text/csv', Metadata: { station: '1' } });
    const ETag = `"${md5(Buffer.concat(parts.map(md5))).toString('hex')}-3"`;
    expect(done).toMatchObject({ Bucket, Key: 'whole', ETag });
    expect((await read('whole')).equals(Buffer.concat(parts))).toBe(true);
    expect(await owner.send(new HeadObjectCommand({ Bucket, Key: 'whole' }))).toMatchObject({
      ETag,
      ContentLength: 11 * megabyte + 3,
      ContentType: 'text/csv',
      Metadata: { station: '1' },
    });
  });

  test.each([
    ['CRC32', 'COMPOSITE'],
    ['CRC32', 'FULL_OBJECT'],
    ['CRC32C', 'COMPOSITE'],
    ['CRC32C', 'FULL_OBJECT'],
    ['CRC64NVME', 'FULL_OBJECT'],
    ['SHA1', 'COMPOSITE'],
    ['SHA256', 'COMPOSITE'],
  ] as const)('keeps a checksum by %s, %s', async (ChecksumAlgorithm, ChecksumType) => {
    const algorithm = ChecksumAlgorithm.toLowerCase() as Lowercase<typeof ChecksumAlgorithm>;
    const parts = partsOf(5 * megabyte, 3);
    const Key = 'summed';
    const UploadId = await begin(Key, { ChecksumAlgorithm, ChecksumType });
    const sent = [];
    for (const [index, Body] of parts.entries()) {
      const checksum = { [`Checksum${ChecksumAlgorithm}`]: checksumOf(algorithm, Body).value };
      const part = { Bucket, Key, UploadId, PartNumber: index + 1, Body, ...checksum };
      const { ETag } = await owner.send(new UploadPartCommand(part));
      sent.push({ PartNumber: index + 1, ETag });
    }
    await complete(Key, UploadId, sent);
    const head = await owner.send(new HeadObjectCommand({ Bucket, Key, ChecksumMode: 'ENABLED' }));
    const sums = parts.map((part) => Buffer.from(checksumOf(algorithm, part).value, 'base64'));
    const expected =
      ChecksumType === 'COMPOSITE'
        ? `${checksumOf(algorithm, Buffer.concat(sums)).value}-2`
        : checksumOf(algorithm, Buffer.concat(parts)).value;
    expect([head[`Checksum${ChecksumAlgorithm}`], head.ChecksumType]).toEqual([expected, ChecksumType]);
  });

  test('may be completed with the size and the type of checksum that the object must have', async () => {
    const UploadId = await begin('sized');
    const { ETag } = await send('sized', UploadId, 1, Buffer.from('wind'));
    const MultipartUpload = { Parts: [{ PartNumber: 1, ETag }] };
    const sized = { Bucket, Key: 'sized', UploadId, MultipartUpload, MpuObjectSize: 4 };
    await owner.send(new CompleteMultipartUploadCommand({ ...sized, ChecksumType: 'FULL_OBJECT' }));
    expect(String(await read('sized'))).toBe('wind');
  });

  test('that announces no checksum gets one of all its bytes, whatever its parts bring', async () => {
    const parts = partsOf(5 * megabyte, 3);
    await upload('unannounced', parts);
    const head = await owner.send(new HeadObjectCommand({ Bucket, Key: 'unannounced', ChecksumMode: 'ENABLED' }));
    expect([head.ChecksumCRC64NVME, head.ChecksumType]).toEqual([
      checksumOf('crc64nvme', Buffer.concat(parts)).value,
      'FULL_OBJECT',
    ]);
  });

  test('takes a part of the same number in the place of the earlier one, in any order', async () => {
    const UploadId = await begin('again');
    const [first, second, third] = partsOf(5 * megabyte, 5 * megabyte, 7);
    const last = await send('again', UploadId, 9, third ?? Buffer.alloc(0));
    await send('again', UploadId, 2, first ?? Buffer.alloc(0));
    const replaced = await send('again', UploadId, 2, second ?? Buffer.alloc(0));
    const parts = [
      { PartNumber: 2, ETag: replaced.ETag },
      { PartNumber: 9, ETag: last.ETag },
    ];
    const listed = await owner.send(new ListPartsCommand({ Bucket, Key: 'again', UploadId }));
    expect(listed.Parts?.map(({ PartNumber, ETag, Size }) => ({ PartNumber, ETag, Size }))).toEqual([
      { ...parts[0], Size: 5 * megabyte },
      { ...parts[1], Size: 7 },
    ]);
    const page = await owner.send(new ListPartsCommand({ Bucket, Key: 'again', UploadId, MaxParts: 1 }));
    expect(page).toMatchObject({ IsTruncated: true, NextPartNumberMarker: '2', Parts: [{ PartNumber: 2 }] });
    const rest = await owner.send(new ListPartsCommand({ Bucket, Key: 'again', UploadId, PartNumberMarker: '2' }));
    expect(rest).toMatchObject({ IsTruncated: false, Parts: [{ PartNumber: 9 }] });
    await complete('again', UploadId, parts);
    expect((await read('again')).equals(Buffer.concat([second ?? Buffer.alloc(0), third ?? Buffer.alloc(0)]))).toBe(
      true,
    );
  });

  test('that is given up is gone, with its parts', async () => {
    const before = bodiesOnDisk();
    for (let at = 0; at < 100; at += 1) {
      const UploadId = await begin('given-up');
      await send('given-up', UploadId, 1, Buffer.from('x'));
      await owner.send(new AbortMultipartUploadCommand({ Bucket, Key: 'given-up', UploadId }));
      await expect(send('given-up', UploadId, 2, Buffer.from('x'))).rejects.toMatchObject({ name: 'NoSuchUpload' });
    }
    // The last few bodies stay, since a reader may just be about to open one.
    expect(bodiesOnDisk() - before).toBeLessThanOrEqual(64);
    await expect(read('given-up')).rejects.toMatchObject({ name: 'NoSuchKey' });
  });
});

describe('an upload in parts is refused', () => {
  test.each<[string, (UploadId: string, etag: string) => Promise<unknown>, string, number]>([
    ['under another key', (id) => send('elsewhere', id, 1, Buffer.from('x')), 'NoSuchUpload', 404],
    ['with another id', () => send('tried', 'none', 1, Buffer.from('x')), 'NoSuchUpload', 404],
    ['with a part 0', (id) => send('tried', id, 0, Buffer.from('x')), 'InvalidArgument', 400],
    ['with a part 10,001', (id) => send('tried', id, 10_001, Buffer.from('x')), 'InvalidArgument', 400],
    [
      'with a part that was not sent',
      (id) => complete('tried', id, [{ PartNumber: 5, ETag: '"x"' }]),
      'InvalidPart',
      400,
    ],
    ['with another ETag', (id) => complete('tried', id, [{ PartNumber: 1, ETag: '"x"' }]), 'InvalidPart', 400],
    [
      'in another order',
      (id, ETag) =>
        complete(
          'tried',
          id,
          [2, 1].map((PartNumber) => ({ PartNumber, ETag })),
        ),
      'InvalidPartOrder',
      400,
    ],
    [
      'with a small part before the last',
      (id, ETag) =>
        complete(
          'tried',
          id,
          [1, 2].map((PartNumber) => ({ PartNumber, ETag })),
        ),
      'EntityTooSmall',
      400,
    ],
    ['without any part', (id) => complete('tried', id, []), 'MalformedXML', 400],
    [
      'with a checksum of another kind than it began with',
      (UploadId) =>
        owner.send(
          new UploadPartCommand({
            Bucket,
            Key: 'tried',
            UploadId,
            PartNumber: 1,
            Body: 'x',
            ChecksumAlgorithm: 'SHA1',
          }),
        ),
      'InvalidRequest',
      400,
    ],
    ['with a key that is too long', () => begin('x'.repeat(1_025)), 'KeyTooLongError', 400],
    [
      'with a checksum that S3 cannot compute from parts',
      () => begin('tried', { ChecksumAlgorithm: 'SHA1', ChecksumType: 'FULL_OBJECT' }),
      'InvalidRequest',
      400,
    ],
  ])('%s, and goes on', async (_, refused, name, httpStatusCode) => {
    const UploadId = await begin('tried', { ChecksumAlgorithm: 'CRC32' });
    const { ETag = '' } = await send('tried', UploadId, 1, Buffer.from('x'));
    await send('tried', UploadId, 2, Buffer.from('x'));
    await expect(refused(UploadId, ETag)).rejects.toMatchObject({ name, $metadata: { httpStatusCode } });
    await complete('tried', UploadId, [{ PartNumber: 1, ETag }]);
    expect((await read('tried')).toString()).toBe('x');
  });

  test('to whoever may only read, at every step', async () => {
    const UploadId = await begin('mine');
    const upload = { Bucket, Key: 'mine', UploadId };
    const parts = { MultipartUpload: { Parts: [{ PartNumber: 1, ETag: 'x' }] } };
    const steps: readonly (() => Promise<unknown>)[] = [
      () => reader.send(new CreateMultipartUploadCommand({ Bucket, Key: 'mine' })),
      () => send('mine', UploadId, 1, Buffer.from('x'), reader),
      () => reader.send(new ListPartsCommand(upload)),
      () => reader.send(new AbortMultipartUploadCommand(upload)),
      () => reader.send(new CompleteMultipartUploadCommand({ ...upload, ...parts })),
    ];
    for (const step of steps) await expect(step()).rejects.toMatchObject({ name: 'AccessDenied' });
  });
});
