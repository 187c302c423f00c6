import {
  DeleteBucketCommand,
  DeleteBucketEncryptionCommand,
  DeleteBucketPolicyCommand,
  DeleteBucketTaggingCommand,
  DeleteObjectCommand,
  DeleteObjectsCommand,
  DeletePublicAccessBlockCommand,
  GetBucketEncryptionCommand,
  GetBucketLocationCommand,
  GetBucketPolicyCommand,
  GetBucketTaggingCommand,
  GetBucketVersioningCommand,
  GetObjectCommand,
  GetPublicAccessBlockCommand,
  HeadObjectCommand,
  ListObjectVersionsCommand,
  PutBucketEncryptionCommand,
  PutBucketPolicyCommand,
  PutBucketTaggingCommand,
  PutBucketVersioningCommand,
  PutObjectCommand,
  PutPublicAccessBlockCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { Json, JsonObject } from '@crosswind/aws/json';
import {
  allow,
  bucket,
  bucketPolicy,
  key,
  lambda,
  type LiteralStack,
  type Resources,
  role,
} from '../../src/testing/literals.ts';
import type { Sandbox } from '../../src/sandbox.ts';
import { account, other } from '../cloudformation/refusals.ts';
import { handled, inHand, refusal } from '../handling.ts';
import { clientOf, credentialsAs } from '../sts/callers.ts';

const stack = (resources: Resources, region = 'us-east-1'): LiteralStack => ({
  account,
  region,
  resources: { Caller: role('caller', lambda, allow(['s3:*', 'kms:*'])), ...resources },
});
const mine = (properties: JsonObject = {}): LiteralStack => stack({ Mine: bucket('mine', properties) });
const encryption = (keyId?: Json, algorithm = 'aws:kms'): JsonObject => ({
  BucketEncryption: {
    ServerSideEncryptionConfiguration: [
      {
        ServerSideEncryptionByDefault: {
          SSEAlgorithm: algorithm,
          ...(keyId !== undefined && { KMSMasterKeyID: keyId }),
        },
      },
    ],
  },
});
const document = (Action: string): JsonObject => ({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: { AWS: other }, Action, Resource: 'arn:aws:s3:::mine/*' }],
});

function clientFor(sandbox: Sandbox, region = 'us-east-1'): S3Client {
  const credentials = credentialsAs(sandbox, `arn:aws:iam::${account}:role/caller`);
  const client = new S3Client({ ...clientOf(sandbox, credentials), region, forcePathStyle: true, maxAttempts: 1 });
  onTestFinished(() => {
    client.destroy();
  });
  return client;
}

const Bucket = 'mine';
const failure = (sent: Promise<unknown>): Promise<string> =>
  sent.then(
    () => 'answered',
    (error: unknown) => (error instanceof Error ? `${error.name}: ${error.message}` : ''),
  );

describe('an update of a bucket', () => {
  test('changes how new objects are encrypted, and keeps the objects and how they were', async () => {
    const literal = (properties: JsonObject) => stack({ Key: key(account), Mine: bucket('mine', properties) });
    const { sandbox, update, read } = await handled(literal({}), 'Mine');
    const client = clientFor(sandbox);
    await client.send(new PutObjectCommand({ Bucket, Key: 'old', Body: 'breeze' }));
    await update(literal(encryption({ Ref: 'Key' })));
    await client.send(new PutObjectCommand({ Bucket, Key: 'new', Body: 'gust' }));
    const used = async (Key: string) => (await client.send(new GetObjectCommand({ Bucket, Key }))).ServerSideEncryption;
    expect([await used('old'), await used('new')]).toEqual(['AES256', 'aws:kms']);
    expect(read()).toMatchObject({ BucketName: 'mine', BucketEncryption: {} });
  });

  test('sets and removes properties, and leaves those that both templates have as they are now', async () => {
    const before = { Tags: [{ Key: 'a', Value: '1' }], VersioningConfiguration: { Status: 'Enabled' } };
    const { sandbox, update, read } = await handled(mine(before), 'Mine');
    await clientFor(sandbox).send(
      new PutBucketVersioningCommand({ Bucket, VersioningConfiguration: { Status: 'Suspended' } }),
    );
    const { VersioningConfiguration } = before;
    await update(mine({ VersioningConfiguration, ObjectLockEnabled: false }));
    expect(read()).toEqual({
      BucketName: 'mine',
      VersioningConfiguration: { Status: 'Suspended' },
      ObjectLockEnabled: false,
    });
  });

  test('suspends versioning when the property goes, and keeps the versions', async () => {
    const { sandbox, update } = await handled(mine({ VersioningConfiguration: { Status: 'Enabled' } }), 'Mine');
    const client = clientFor(sandbox);
    const { VersionId } = await client.send(new PutObjectCommand({ Bucket, Key: 'a', Body: 'breeze' }));
    await update(mine());
    expect((await client.send(new GetBucketVersioningCommand({ Bucket }))).Status).toBe('Suspended');
    await client.send(new PutObjectCommand({ Bucket, Key: 'a', Body: 'gust' }));
    const { Body } = await client.send(new GetObjectCommand({ Bucket, Key: 'a', VersionId }));
    expect(await Body?.transformToString()).toBe('breeze');
  });

  test('is refused for a bucket that is gone', async () => {
    const { update, remove } = await handled(mine(), 'Mine');
    await remove();
    expect(await refusal(() => update(mine({ Tags: [] })))).toBe('NoSuchBucket: The specified bucket does not exist');
  });
});

describe('the deletion of a bucket', () => {
  test('is refused while it has objects, and frees its name', async () => {
    const { sandbox, create, remove, read } = await handled(mine(), 'Mine');
    sandbox.storage.seed({ bucket: 'mine', key: 'a' }, Buffer.from('breeze'));
    expect(await refusal(remove)).toBe('BucketNotEmpty: The bucket you tried to delete is not empty');
    expect(read()).toBeDefined();
    sandbox.storage.discard({ bucket: 'mine', key: 'a' });
    expect(await refusal(remove)).toBeUndefined();
    expect(read()).toBeUndefined();
    expect(await refusal(remove)).toBeUndefined();
    expect(await refusal(create)).toBeUndefined();
  });

  test('is refused while it has versions or delete markers, which a client of S3 can remove', async () => {
    const versioned = mine({
      VersioningConfiguration: { Status: 'Enabled' },
      LifecycleConfiguration: {
        Rules: [{ Status: 'Enabled', NoncurrentVersionExpiration: { NoncurrentDays: 30 } }],
      },
    });
    const { sandbox, remove, read } = await handled(versioned, 'Mine');
    const client = clientFor(sandbox);
    const { VersionId } = await client.send(new PutObjectCommand({ Bucket, Key: 'a', Body: 'breeze' }));
    const marker = await client.send(new DeleteObjectCommand({ Bucket, Key: 'a' }));
    const full =
      'BucketNotEmpty: The bucket you tried to delete is not empty. You must delete all versions in the bucket.';
    expect(await refusal(remove)).toBe(full);
    await client.send(new DeleteObjectCommand({ Bucket, Key: 'a', VersionId }));
    expect(await refusal(remove)).toBe(full);
    await client.send(new DeleteObjectCommand({ Bucket, Key: 'a', VersionId: marker.VersionId }));
    expect(await refusal(remove)).toBeUndefined();
    expect(read()).toBeUndefined();
  });

  test('takes its policy away', async () => {
    const [statement = {}] = document('s3:GetObject')['Statement'] as readonly JsonObject[];
    const literal = stack({ Mine: bucket('mine'), OnMine: bucketPolicy('mine', statement) });
    const { sandbox, remove } = await handled(literal, 'Mine');
    const policy = () => sandbox.identities.resourcePolicy('arn:aws:s3:::mine');
    expect(policy()).toBeDefined();
    await remove();
    expect(policy()).toBeUndefined();
  });
});

describe('the policy of a bucket', () => {
  const withPolicy = (action: string): LiteralStack =>
    stack({
      Mine: bucket('mine'),
      OnMine: {
        Type: 'AWS::S3::BucketPolicy',
        Properties: { Bucket: { Ref: 'Mine' }, PolicyDocument: document(action) },
      },
    });
  const statement = (sandbox: Sandbox): unknown => sandbox.identities.resourcePolicy('arn:aws:s3:::mine')?.document;

  test('is replaced by an update and removed by a deletion', async () => {
    const { sandbox, update, remove, read } = await handled(withPolicy('s3:GetObject'), 'OnMine');
    expect(statement(sandbox)).toEqual(document('s3:GetObject'));
    await update(withPolicy('s3:PutObject'));
    expect(read()).toEqual({ Bucket: 'mine', PolicyDocument: document('s3:PutObject') });
    await remove();
    expect(statement(sandbox)).toBeUndefined();
    expect(read()).toBeUndefined();
    expect(await refusal(remove)).toBeUndefined();
  });

  test('stays where an update is refused', async () => {
    const { sandbox, update } = await handled(withPolicy('s3:GetObject'), 'OnMine');
    const wrong = stack({ Mine: bucket('mine'), OnMine: bucketPolicy('mine', { Effect: 'Allow' }) });
    expect(await refusal(() => update(wrong))).toMatch(/^MalformedPolicy: bucket policy of mine is not a valid policy/);
    expect(statement(sandbox)).toEqual(document('s3:GetObject'));
  });

  test('of a bucket that is not there is refused', async () => {
    const { create, remove, sandbox } = await handled(stack({ Mine: bucket('mine') }), 'Mine');
    await remove();
    const literal = stack({ OnMine: bucketPolicy('mine', { ...allow('s3:GetObject'), Principal: '*' }) });
    const policy = inHand(sandbox, literal, 'OnMine');
    expect(await refusal(policy.create)).toBe('NoSuchBucket: The specified bucket does not exist');
    await create();
    expect(statement(sandbox)).toBeUndefined();
  });

  test('that a client puts in its place is what is read and decides, until it is deleted', async () => {
    const { sandbox, read } = await handled(withPolicy('s3:GetObject'), 'OnMine');
    const client = clientFor(sandbox);
    await client.send(new PutBucketPolicyCommand({ Bucket, Policy: JSON.stringify(document('s3:PutObject')) }));
    expect(read()).toMatchObject({ PolicyDocument: document('s3:PutObject') });
    const { Policy } = await client.send(new GetBucketPolicyCommand({ Bucket }));
    expect(JSON.parse(Policy ?? '')).toEqual(document('s3:PutObject'));
    await client.send(new DeleteBucketPolicyCommand({ Bucket }));
    expect(read()).toBeUndefined();
    expect(await failure(client.send(new GetBucketPolicyCommand({ Bucket })))).toBe(
      'NoSuchBucketPolicy: The bucket policy does not exist',
    );
  });

  test.each([
    ['is no JSON', '{', "MalformedPolicy: Policies must be valid JSON and the first byte must be '{'"],
    ['is no policy', '{"Statement": 1}', 'MalformedPolicy: bucket policy of mine'],
  ])('is refused if it %s', async (_, Policy, expected) => {
    const { sandbox } = await handled(mine(), 'Mine');
    const client = clientFor(sandbox);
    expect(await failure(client.send(new PutBucketPolicyCommand({ Bucket, Policy })))).toContain(expected);
  });
});

describe('a change of a bucket by a client is in what is read', () => {
  const blocks = {
    BlockPublicAcls: false,
    IgnorePublicAcls: true,
    BlockPublicPolicy: true,
    RestrictPublicBuckets: false,
  };
  const aes: JsonObject = { SSEAlgorithm: 'AES256' };

  test.each<[string, (client: S3Client) => Promise<unknown>, JsonObject]>([
    [
      'its encryption',
      (client) =>
        client.send(
          new PutBucketEncryptionCommand({
            Bucket,
            ServerSideEncryptionConfiguration: {
              Rules: [{ ApplyServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' }, BucketKeyEnabled: true }],
            },
          }),
        ),
      {
        BucketEncryption: {
          ServerSideEncryptionConfiguration: [{ BucketKeyEnabled: true, ServerSideEncryptionByDefault: aes }],
        },
      },
    ],
    [
      'its tags',
      (client) =>
        client.send(new PutBucketTaggingCommand({ Bucket, Tagging: { TagSet: [{ Key: 'a', Value: '<1>' }] } })),
      { Tags: [{ Key: 'a', Value: '<1>' }] },
    ],
    [
      'its versioning',
      (client) =>
        client.send(new PutBucketVersioningCommand({ Bucket, VersioningConfiguration: { Status: 'Suspended' } })),
      { VersioningConfiguration: { Status: 'Suspended' } },
    ],
    [
      'what is public',
      (client) => client.send(new PutPublicAccessBlockCommand({ Bucket, PublicAccessBlockConfiguration: blocks })),
      { PublicAccessBlockConfiguration: blocks },
    ],
  ])('%s', async (_, change, expected) => {
    const before = { ...encryption(), Tags: [{ Key: 'a', Value: '1' }] };
    const { sandbox, read } = await handled(mine(before), 'Mine');
    expect(read()).toEqual({ BucketName: 'mine', ...before });
    await change(clientFor(sandbox));
    expect(read()).toEqual({ BucketName: 'mine', ...before, ...expected });
  });

  test('and so is its deletion', async () => {
    const { sandbox, read } = await handled(mine(), 'Mine');
    await clientFor(sandbox).send(new DeleteBucketCommand({ Bucket }));
    expect(read()).toBeUndefined();
  });
});

describe('a client asks for', () => {
  test.each([
    ['us-east-1', undefined],
    ['eu-west-1', 'eu-west-1'],
  ])('the location of a bucket in %s', async (region, expected) => {
    const { sandbox } = await handled(stack({ Mine: bucket('mine') }, region), 'Mine');
    const { LocationConstraint } = await clientFor(sandbox, region).send(new GetBucketLocationCommand({ Bucket }));
    expect(LocationConstraint).toBe(expected);
  });

  test.each<[string, JsonObject, unknown]>([
    ['that S3 has for every bucket', {}, { SSEAlgorithm: 'AES256' }],
    ['with the key of AWS', encryption(), { SSEAlgorithm: 'aws:kms' }],
    ['with a key', encryption('some-key'), { SSEAlgorithm: 'aws:kms', KMSMasterKeyID: 'some-key' }],
  ])('the encryption %s', async (_, properties, expected) => {
    const { sandbox } = await handled(mine(properties), 'Mine');
    const { ServerSideEncryptionConfiguration: found } = await clientFor(sandbox).send(
      new GetBucketEncryptionCommand({ Bucket }),
    );
    expect(found?.Rules).toEqual([{ ApplyServerSideEncryptionByDefault: expected, BucketKeyEnabled: false }]);
  });

  test('tags, versioning and public access, as the template has them and after they are removed', async () => {
    const properties = { Tags: [{ Key: 'a', Value: '1' }], VersioningConfiguration: { Status: 'Enabled' } };
    const { sandbox } = await handled(mine({ ...properties, ...encryption() }), 'Mine');
    const client = clientFor(sandbox);
    expect((await client.send(new GetBucketTaggingCommand({ Bucket }))).TagSet).toEqual(properties.Tags);
    expect((await client.send(new GetBucketVersioningCommand({ Bucket }))).Status).toBe('Enabled');
    const { PublicAccessBlockConfiguration: blocked } = await client.send(new GetPublicAccessBlockCommand({ Bucket }));
    expect(blocked?.BlockPublicPolicy).toBe(true);
    await client.send(new DeleteBucketTaggingCommand({ Bucket }));
    await client.send(new DeletePublicAccessBlockCommand({ Bucket }));
    await client.send(new DeleteBucketEncryptionCommand({ Bucket }));
    expect(await failure(client.send(new GetBucketTaggingCommand({ Bucket })))).toBe(
      'NoSuchTagSet: The TagSet does not exist',
    );
    expect(await failure(client.send(new GetPublicAccessBlockCommand({ Bucket })))).toBe(
      'NoSuchPublicAccessBlockConfiguration: The public access block configuration was not found',
    );
    const { ServerSideEncryption } = await client.send(new PutObjectCommand({ Bucket, Key: 'a', Body: 'x' }));
    expect(ServerSideEncryption).toBe('AES256');
  });

  test('the bucket of an account, and is refused if another one owns it', async () => {
    const { sandbox } = await handled(mine(), 'Mine');
    const ask = (ExpectedBucketOwner: string) =>
      failure(clientFor(sandbox).send(new GetBucketLocationCommand({ Bucket, ExpectedBucketOwner })));
    expect(await ask(account)).toBe('answered');
    expect(await ask(other)).toBe('AccessDenied: Access Denied');
  });

  test.each([
    ['s3:GetBucketPolicy', (client: S3Client) => client.send(new GetBucketPolicyCommand({ Bucket }))],
    ['s3:GetEncryptionConfiguration', (client: S3Client) => client.send(new GetBucketEncryptionCommand({ Bucket }))],
    ['s3:GetBucketLocation', (client: S3Client) => client.send(new GetBucketLocationCommand({ Bucket }))],
    ['s3:ListBucketVersions', (client: S3Client) => client.send(new ListObjectVersionsCommand({ Bucket }))],
    ['s3:DeleteBucket', (client: S3Client) => client.send(new DeleteBucketCommand({ Bucket }))],
    ['s3:PutBucketTagging', (client: S3Client) => client.send(new DeleteBucketTaggingCommand({ Bucket }))],
    ['s3:GetBucketPublicAccessBlock', (client: S3Client) => client.send(new GetPublicAccessBlockCommand({ Bucket }))],
  ])('what it may do only with %s', async (action, ask) => {
    const outcome = async (may: string) => {
      const resources = { Caller: role('caller', lambda, allow(may, 'arn:aws:s3:::mine')), Mine: bucket('mine') };
      const { sandbox } = await handled({ account, resources }, 'Mine');
      return failure(ask(clientFor(sandbox)));
    };
    expect(await outcome('s3:ListBucket')).toContain(`is not authorized to perform: ${action} on resource:`);
    expect(await outcome(action)).not.toContain('is not authorized');
  });
});

test('a client empties a bucket by the versions of its objects, in pages', async () => {
  const { sandbox, remove } = await handled(mine(), 'Mine');
  const client = clientFor(sandbox);
  for (const name of ['a', 'b', '<c>']) sandbox.storage.seed({ bucket: 'mine', key: name }, Buffer.from('x'));
  const first = await client.send(new ListObjectVersionsCommand({ Bucket, MaxKeys: 2 }));
  const { NextKeyMarker: KeyMarker, NextVersionIdMarker: VersionIdMarker } = first;
  const second = await client.send(new ListObjectVersionsCommand({ Bucket, MaxKeys: 2, KeyMarker, VersionIdMarker }));
  const versions = [...(first.Versions ?? []), ...(second.Versions ?? [])];
  expect(versions.map(({ Key, VersionId, IsLatest }) => [Key, VersionId, IsLatest])).toEqual(
    ['<c>', 'a', 'b'].map((name) => [name, 'null', true]),
  );
  expect([first.IsTruncated, second.IsTruncated]).toEqual([true, false]);
  const Objects = versions.map(({ Key, VersionId }) => ({ Key, VersionId }));
  const { Deleted } = await client.send(new DeleteObjectsCommand({ Bucket, Delete: { Objects } }));
  expect(Deleted).toHaveLength(3);
  expect(await refusal(remove)).toBeUndefined();
});

describe('an upload names its encryption', () => {
  test.each<[string, JsonObject, JsonObject, string]>([
    [
      'that of S3, against the default of the bucket',
      encryption('alias/none'),
      { ServerSideEncryption: 'AES256' },
      'AES256',
    ],
    ['the key of AWS', {}, { ServerSideEncryption: 'aws:kms' }, 'aws:kms'],
  ])('%s', async (_, properties, headers, expected) => {
    const { sandbox } = await handled(mine(properties), 'Mine');
    const client = clientFor(sandbox);
    await client.send(new PutObjectCommand({ Bucket, Key: 'a', Body: 'x', ...headers }));
    expect((await client.send(new HeadObjectCommand({ Bucket, Key: 'a' }))).ServerSideEncryption).toBe(expected);
  });

  test('which a policy may demand', async () => {
    const condition = { StringEquals: { 's3:x-amz-server-side-encryption': 'aws:kms' } };
    const may = { ...allow('s3:PutObject'), Condition: condition };
    const resources = { Caller: role('caller', lambda, may), Mine: bucket('mine') };
    const { sandbox } = await handled({ account, resources }, 'Mine');
    const put = (headers: JsonObject) =>
      failure(clientFor(sandbox).send(new PutObjectCommand({ Bucket, Key: 'a', Body: 'x', ...headers })));
    expect(await put({})).toMatch(/^AccessDenied/);
    expect(await put({ ServerSideEncryption: 'aws:kms' })).toBe('answered');
  });
});
