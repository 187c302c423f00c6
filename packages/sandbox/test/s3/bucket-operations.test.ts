import {
  DeleteObjectsCommand,
  ListBucketsCommand,
  ListObjectsCommand,
  type ListObjectsCommandInput,
} from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { sendSigned } from '../signed-request.ts';
import { ACCOUNT, laboratory, NOW, REGION } from './laboratory.ts';

const lab = await laboratory({
  owner: [{ Effect: 'Allow', Action: 's3:*', Resource: '*' }],
  reader: [{ Effect: 'Allow', Action: 's3:GetObject', Resource: '*' }],
  cleaner: [{ Effect: 'Allow', Action: 's3:DeleteObject', Resource: 'arn:aws:s3:::winds/old/*' }],
});
const owner = lab.client('owner');
const Bucket = 'winds';

beforeAll(() => {
  for (const [name, region] of [
    ['winds', REGION],
    ['almanac', REGION],
    ['abroad', 'eu-west-1'],
  ] as const) {
    lab.storage.createBucket({ name, account: ACCOUNT, region });
  }
  lab.storage.createBucket({ name: 'theirs', account: '333333333333', region: REGION });
});
afterAll(async () => {
  await lab.close();
  expect(lab.failures).toEqual([]);
});

describe('buckets', () => {
  test('are listed with their regions, those of the own account', async () => {
    const { Buckets } = await owner.send(new ListBucketsCommand({}));
    expect(Buckets).toEqual([
      { Name: 'abroad', CreationDate: new Date(NOW), BucketRegion: 'eu-west-1' },
      { Name: 'almanac', CreationDate: new Date(NOW), BucketRegion: REGION },
      { Name: 'winds', CreationDate: new Date(NOW), BucketRegion: REGION },
    ]);
  });

  test.each([
    ['a prefix', { Prefix: 'a' }, ['abroad', 'almanac']],
    ['a region', { BucketRegion: REGION }, ['almanac', 'winds']],
    ['a number', { MaxBuckets: 1 }, ['abroad']],
  ])('are chosen by %s', async (_, input, names) => {
    const { Buckets } = await owner.send(new ListBucketsCommand(input));
    expect(Buckets?.map(({ Name }) => Name)).toEqual(names);
  });

  test('are listed in pages', async () => {
    const first = await owner.send(new ListBucketsCommand({ MaxBuckets: 2 }));
    const second = await owner.send(new ListBucketsCommand({ ContinuationToken: first.ContinuationToken }));
    expect(second.Buckets?.map(({ Name }) => Name)).toEqual(['winds']);
    expect(second.ContinuationToken).toBeUndefined();
  });

  test('are not listed for whoever may not, nor for nobody', async () => {
    await expect(lab.client('reader').send(new ListBucketsCommand({}))).rejects.toMatchObject({ name: 'AccessDenied' });
    expect((await fetch(lab.url)).status).toBe(403);
  });
});

describe('the first version of the list', () => {
  beforeAll(() => {
    for (const key of ['a/1', 'a/2', 'b', 'c/1', 'd']) lab.storage.seed({ bucket: 'almanac', key }, Buffer.from(key));
  });

  /** Everything that is listed, page by page, by the marker that S3 gives or else by the last key. */
  async function pages(input: Partial<ListObjectsCommandInput>): Promise<readonly (readonly string[])[]> {
    const found: string[][] = [];
    let Marker: string | undefined;
    for (;;) {
      const page = await owner.send(new ListObjectsCommand({ Bucket: 'almanac', Marker, ...input }));
      const prefixes = (page.CommonPrefixes ?? []).map(({ Prefix = '' }) => Prefix);
      found.push([...(page.Contents ?? []).map(({ Key = '' }) => Key), ...prefixes]);
      if (page.IsTruncated !== true) return found;
      Marker = page.NextMarker;
    }
  }

  test.each([
    ['all keys', { MaxKeys: 2 }, [['a/1', 'a/2'], ['b', 'c/1'], ['d']]],
    ['groups', { MaxKeys: 1, Delimiter: '/' }, [['a/'], ['b'], ['c/'], ['d']]],
    ['keys with a prefix', { Prefix: 'a/' }, [['a/1', 'a/2']]],
  ])('has %s, page by page', async (_, input, expected) => {
    expect(await pages(input)).toEqual(expected);
  });
});

describe('several objects', () => {
  const left = (): readonly string[] => [...(lab.storage.bucket(Bucket)?.objects.keys() ?? [])].sort();
  const remove = (keys: readonly string[], Quiet = false, client = owner) =>
    client.send(new DeleteObjectsCommand({ Bucket, Delete: { Objects: keys.map((Key) => ({ Key })), Quiet } }));

  beforeAll(() => {
    for (const key of ['old/1', 'old/2', 'new/1', 'quote\'"&<>', 'tab\there', 'ä😀'])
      lab.storage.seed({ bucket: Bucket, key }, Buffer.from('x'));
  });

  test('are deleted at once, whatever they are called, there or not', async () => {
    const keys = ['quote\'"&<>', 'tab\there', 'ä😀', 'missing'];
    expect((await remove(keys)).Deleted?.map(({ Key }) => Key)).toEqual(keys);
    expect(left()).toEqual(['new/1', 'old/1', 'old/2']);
  });

  test('are deleted as far as the caller may, each refusal told', async () => {
    const { Deleted, Errors } = await remove(['old/1', 'new/1'], false, lab.client('cleaner'));
    expect(Deleted?.map(({ Key }) => Key)).toEqual(['old/1']);
    expect(Errors).toMatchObject([{ Key: 'new/1', Code: 'AccessDenied' }]);
    expect(left()).toEqual(['new/1', 'old/2']);
  });

  test('are deleted quietly on demand', async () => {
    const { Deleted, Errors } = await remove(['old/2', 'new/1'], true, lab.client('cleaner'));
    expect([Deleted, Errors?.length]).toEqual([undefined, 1]);
    expect(left()).toEqual(['new/1']);
  });

  const named = (count: number): string => `<Delete>${'<Object><Key>none</Key></Object>'.repeat(count)}</Delete>`;
  test.each([
    ['no document', 'x', 400, 'MalformedXML'],
    ['a document of another kind', '<Remove/>', 400, 'MalformedXML'],
    ['an object without a key', '<Delete><Object/></Delete>', 400, 'MalformedXML'],
    ['none', named(0), 400, 'MalformedXML'],
    ['a thousand', named(1_000), 200, 'DeleteResult'],
    ['a thousand and one', named(1_001), 400, 'MalformedXML'],
    ['more than anybody needs', `<Delete>${' '.repeat(8 * 1024 * 1024)}</Delete>`, 400, 'MalformedXML'],
    [
      'one of a certain size',
      '<Delete><Object><Key>a</Key><Size>1</Size></Object></Delete>',
      501,
      'DeleteObjects with Size is not implemented',
    ],
  ])('are %s: status %#', async (_, body, status, told) => {
    const credentials = lab.credentialsOf('owner');
    const response = await sendSigned({ url: `${lab.url}/${Bucket}?delete`, body }, { credentials, service: 's3' });
    expect([response.status, await response.text()]).toEqual([status, expect.stringContaining(told)]);
  });
});
