import { describe, expect, test } from 'vitest';
import type { JsonObject } from '@crosswind/aws/json';
import { allow, bucket, stateMachine } from '../../src/testing/literals.ts';
import { called, machineArn } from '../step-functions/calling.ts';

describe('aws-sdk:s3', () => {
  const sdk = (operation: string): string => `arn:aws:states:::aws-sdk:s3:${operation}`;
  const resources = { Data: bucket('data-1'), Other: bucket('data-2') };
  const may = [allow('s3:*')];
  const one = { Bucket: 'data-1', Key: 'a/one.txt' };

  async function outputOf(operation: string, args: JsonObject, difference: object = {}) {
    const put = { Type: 'Task', Resource: sdk('putObject'), Arguments: { ...one, Body: { n: 1 } }, Next: 'Call' };
    const call = { Type: 'Task', Resource: sdk(operation), Arguments: args, End: true };
    const Definition = { QueryLanguage: 'JSONata', StartAt: 'Put', States: { Put: put, Call: call } };
    const both = { ...resources, Both: stateMachine('both', {}, { Definition }) };
    const { sandbox } = await called({
      resource: sdk('listObjectsV2'),
      args: { Bucket: 'data-1' },
      may,
      resources: both,
      ...difference,
    });
    const started = sandbox.executions.start({
      stateMachineArn: machineArn.replace(/caller$/, 'both'),
      input: {},
    });
    if (!started.ok) throw new Error(started.message);
    await sandbox.simulation.run(() => started.execution.outcome !== undefined);
    return { outcome: started.execution.outcome, sandbox };
  }

  const facts = { ETag: expect.any(String) as string, ServerSideEncryption: 'AES256' };
  const described = {
    ...facts,
    AcceptRanges: 'bytes',
    ContentLength: 7,
    ContentType: 'text/plain; charset=UTF-8',
    LastModified: '2026-01-02T03:04:05Z',
    Metadata: {},
  };

  test.each<[string, string, JsonObject, JsonObject]>([
    ['an object with its body as text', 'getObject', one, { ...described, Body: '{"n":1}' }],
    [
      'a part of an object',
      'getObject',
      { ...one, Range: 'bytes=1-3' },
      { ...described, ContentLength: 3, ContentRange: 'bytes 1-3/7', Body: '"n"' },
    ],
    ['what is known of an object', 'headObject', one, described],
    [
      'a page of objects',
      'listObjectsV2',
      { Bucket: 'data-1', Prefix: 'a/' },
      {
        Contents: [
          {
            ETag: facts.ETag,
            Key: 'a/one.txt',
            LastModified: '2026-01-02T03:04:05Z',
            Size: 7,
            StorageClass: 'STANDARD',
          },
        ],
        IsTruncated: false,
        KeyCount: 1,
        MaxKeys: 1_000,
        Name: 'data-1',
        Prefix: 'a/',
      },
    ],
    [
      'a page of prefixes',
      'listObjectsV2',
      { Bucket: 'data-1', Delimiter: '/', MaxKeys: 5 },
      {
        CommonPrefixes: [{ Prefix: 'a/' }],
        Delimiter: '/',
        IsTruncated: false,
        KeyCount: 1,
        MaxKeys: 5,
        Name: 'data-1',
        Prefix: '',
      },
    ],
    [
      'what was written',
      'putObject',
      { ...one, Body: 'text', ContentType: 'text/plain' },
      { ...facts, ChecksumCRC32: expect.any(String) as string, ChecksumType: 'FULL_OBJECT' },
    ],
    [
      'what was copied',
      'copyObject',
      { Bucket: 'data-2', Key: 'copy', CopySource: 'data-1/a/one.txt' },
      {
        CopyObjectResult: { ETag: facts.ETag, LastModified: '2026-01-02T03:04:05Z' },
        ServerSideEncryption: 'AES256',
      },
    ],
    ['nothing of what was deleted', 'deleteObject', one, {}],
  ])('gives %s', async (_, operation, args, output) => {
    const { outcome } = await outputOf(operation, args);
    expect(outcome).toEqual({ status: 'SUCCEEDED', output });
  });

  test('writes, copies and deletes', async () => {
    const written = await outputOf('putObject', { Bucket: 'data-2', Key: 'k', Body: [1, 'b'] });
    expect(String(await written.sandbox.storage.inspect({ bucket: 'data-2', key: 'k' }))).toBe('[1,"b"]');
    const text = await outputOf('putObject', { Bucket: 'data-2', Key: 'k', Body: 'a "b"' });
    expect(String(await text.sandbox.storage.inspect({ bucket: 'data-2', key: 'k' }))).toBe(String.raw`"a \"b\""`);
    const empty = await outputOf('putObject', { Bucket: 'data-2', Key: 'k' });
    expect(String(await empty.sandbox.storage.inspect({ bucket: 'data-2', key: 'k' }))).toBe('');
    const copied = await outputOf('copyObject', { Bucket: 'data-2', Key: 'copy', CopySource: 'data-1/a/one.txt' });
    expect(String(await copied.sandbox.storage.inspect({ bucket: 'data-2', key: 'copy' }))).toBe('{"n":1}');
    const deleted = await outputOf('deleteObject', one);
    expect(deleted.sandbox.storage.bucket('data-1')?.objects.size).toBe(0);
  });

  test.each<[string, JsonObject, readonly JsonObject[], string, string]>([
    [
      'a key that is not there',
      { Bucket: 'data-1', Key: 'none' },
      may,
      'S3.NoSuchKeyException',
      'The specified key does not exist. (Service: S3, Status Code: 404, Request ID: simulated, Extended Request ID: simulated)',
    ],
    ['a bucket that is not there', { Bucket: 'none', Key: 'k' }, may, 'S3.NoSuchBucketException', 'Status Code: 404'],
    ['no permission', one, [], 'S3.S3Exception', 'Status Code: 403'],
  ])('fails for %s', async (_, args, statements, error, cause) => {
    const { execution } = await called({ resource: sdk('getObject'), args, may: statements, resources });
    expect(execution.outcome).toEqual({ status: 'FAILED', error, cause: expect.stringContaining(cause) as string });
  });
});
