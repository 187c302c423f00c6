import { GetObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { JsonObject } from '@crosswind/aws/json';
import type { TemplateResource } from '@crosswind/assembly/template';
import { allow, arnOf, bucket, key, lambda, type LiteralStack, role } from '../../src/testing/literals.ts';
import { account, withProperties } from '../cloudformation/refusals.ts';
import { handled, inHand, refusal } from '../handling.ts';
import { clientOf, credentialsAs } from '../sts/callers.ts';
import type { Sandbox } from '../../src/sandbox.ts';

const alias = (target: string, name = 'alias/mine'): TemplateResource => ({
  Type: 'AWS::KMS::Alias',
  Properties: { AliasName: name, TargetKeyId: arnOf(target) },
});
const encryptedBy = (KMSMasterKeyID: JsonObject | string): JsonObject => ({
  BucketEncryption: {
    ServerSideEncryptionConfiguration: [{ ServerSideEncryptionByDefault: { SSEAlgorithm: 'aws:kms', KMSMasterKeyID } }],
  },
});
const stack = (
  properties: JsonObject = {},
  target = 'Key',
  keyId: JsonObject | string = 'alias/mine',
): LiteralStack => ({
  account,
  resources: {
    Key: withProperties(key(account), properties),
    Other: key(account),
    Alias: alias(target),
    Mine: { ...bucket('mine', encryptedBy(keyId)), DependsOn: 'Alias' },
    Caller: role('caller', lambda, allow(['s3:*', 'kms:*'])),
  },
});

/** Answers of PutObject and GetObject for one object: the key that encrypts it, or the error. */
function objectOf(sandbox: Sandbox) {
  const credentials = credentialsAs(sandbox, `arn:aws:iam::${account}:role/caller`);
  const client = new S3Client({ ...clientOf(sandbox, credentials), forcePathStyle: true, maxAttempts: 1 });
  onTestFinished(() => {
    client.destroy();
  });
  const address = { Bucket: 'mine', Key: 'a' };
  const outcome = (sent: Promise<{ SSEKMSKeyId?: string }>) =>
    sent.then(
      ({ SSEKMSKeyId }) => SSEKMSKeyId,
      (error: unknown) => (error instanceof Error ? `${error.name}: ${error.message}` : ''),
    );
  return {
    put: () => outcome(client.send(new PutObjectCommand({ ...address, Body: 'breeze' }))),
    get: () => outcome(client.send(new GetObjectCommand(address))),
  };
}

const arnIn = (sandbox: Sandbox, literal: LiteralStack, logicalId: string): string => {
  const target = inHand(sandbox, literal, logicalId).read();
  expect(target).toBeDefined();
  return sandbox.keys.resolved(`arn:aws:kms:us-east-1:${account}:alias/mine`);
};

describe('a key', () => {
  test.each<[string, JsonObject | string]>([
    ['by its ARN', arnOf('Key')],
    ['by its id', { Ref: 'Key' }],
    ['by its alias', 'alias/mine'],
    ['by the ARN of its alias', `arn:aws:kms:us-east-1:${account}:alias/mine`],
  ])('encrypts a bucket that names it %s', async (_, keyId) => {
    const literal = stack({}, 'Key', keyId);
    const { sandbox } = await handled(literal, 'Key');
    expect(await objectOf(sandbox).put()).toBe(arnIn(sandbox, literal, 'Alias'));
  });

  test('that is scheduled for deletion cannot be used, and has no properties any more', async () => {
    const { sandbox, remove, read } = await handled(stack(), 'Key');
    const object = objectOf(sandbox);
    const arn = await object.put();
    expect(await object.get()).toBe(arn);
    await remove();
    const refused = `KMS.KMSInvalidStateException: ${arn} is pending deletion.`;
    expect([await object.put(), await object.get()]).toEqual([refused, refused]);
    expect(read()).toBeUndefined();
    expect(await refusal(remove)).toBeUndefined();
  });

  test('is known to policies by its tags, which an update changes', async () => {
    const tagged = (Value: string): LiteralStack => {
      const { resources, ...rest } = stack({ Tags: [{ Key: 'platform', Value }] });
      const keys = { ...allow('kms:*'), Condition: { StringEquals: { 'aws:ResourceTag/platform': 'mine' } } };
      return { ...rest, resources: { ...resources, Caller: role('caller', lambda, allow('s3:*'), keys) } };
    };
    const { sandbox, update } = await handled(tagged('mine'), 'Key');
    const object = objectOf(sandbox);
    const arn = await object.put();
    expect(await object.get()).toBe(arn);
    await update(tagged('of others'));
    expect(await object.get()).toMatch(/^AccessDenied: .*kms:Decrypt/);
  });

  test('is disabled and enabled by an update', async () => {
    const { sandbox, update, read } = await handled(stack(), 'Key');
    const object = objectOf(sandbox);
    const arn = await object.put();
    await update(stack({ Enabled: false }));
    expect(await object.get()).toBe(`KMS.DisabledException: ${arn} is disabled.`);
    expect(read()).toMatchObject({ Enabled: false });
    await update(stack());
    expect(await object.get()).toBe(arn);
  });

  test('gets another policy by an update', async () => {
    const { sandbox, update, read } = await handled(stack(), 'Key');
    const nobody = {
      KeyPolicy: {
        Version: '2012-10-17',
        Statement: [{ Effect: 'Allow', Principal: { AWS: '555555555555' }, Action: 'kms:*', Resource: '*' }],
      },
    };
    await update(stack(nobody));
    expect(await objectOf(sandbox).put()).toMatch(/^AccessDenied: /);
    expect(read()).toEqual(nobody);
  });

  test('keeps its policy where an update is refused', async () => {
    const { sandbox, update } = await handled(stack(), 'Key');
    const wrong = { KeyPolicy: { Version: '2012-10-17', Statement: [{ Effect: 'Allow' }] } };
    expect(await refusal(() => update(stack(wrong)))).toMatch(/^MalformedPolicyDocumentException: /);
    expect(await objectOf(sandbox).put()).toMatch(/^arn:aws:kms:/);
  });

  test('that is scheduled for deletion is not updated', async () => {
    const { update, remove } = await handled(stack(), 'Key');
    await remove();
    expect(await refusal(() => update(stack({ Enabled: false })))).toMatch(
      /^KMSInvalidStateException: arn:aws:kms:us-east-1:444444444444:key\/[\w-]+ is pending deletion\.$/,
    );
  });
});

describe('an alias', () => {
  test('stands for another key after an update: for new objects, while old ones keep theirs', async () => {
    const { sandbox, update, read } = await handled(stack(), 'Alias');
    const object = objectOf(sandbox);
    const first = await object.put();
    await update(stack({}, 'Other'));
    expect(await object.get()).toBe(first);
    const second = await object.put();
    expect(second).not.toBe(first);
    expect(await object.get()).toBe(second);
    expect(read()).toEqual({ AliasName: 'alias/mine', TargetKeyId: second });
  });

  test('that is deleted is not found by who uses it, and is free again', async () => {
    const literal = stack();
    const { sandbox, remove, read } = await handled(literal, 'Alias');
    await remove();
    expect(await objectOf(sandbox).put()).toMatch(/^KMS\.NotFoundException: Alias arn:.*:alias\/mine is not found\.$/);
    expect(read()).toBeUndefined();
    expect(await refusal(remove)).toBeUndefined();
  });

  test.each<[string, TemplateResource, string]>([
    ['of a name that is taken', alias('Key'), 'AlreadyExistsException: An alias with the name arn:'],
    ['of another form', alias('Key', 'mine'), 'ValidationException: Invalid identifier'],
    ['that AWS has for itself', alias('Key', 'alias/aws/s3'), 'NotAuthorizedException: alias/aws/s3'],
    ['with a blank', alias('Key', 'alias/a b'), 'InvalidAliasNameException: alias/a b contains invalid characters'],
    [
      'of a key that is not there',
      { Type: 'AWS::KMS::Alias', Properties: { AliasName: 'alias/new', TargetKeyId: 'none' } },
      `NotFoundException: Key 'arn:aws:kms:us-east-1:${account}:key/none' does not exist`,
    ],
  ])('%s is refused', async (_, refused, expected) => {
    const { sandbox } = await handled(stack(), 'Alias');
    const literal = { account, resources: { Key: key(account), Alias: refused } };
    const deployed = handledCreate(sandbox, literal);
    expect(await refusal(deployed)).toContain(expected);
    const fine = { account, resources: { Key: key(account), Alias: alias('Key', 'alias/new') } };
    expect(await refusal(handledCreate(sandbox, fine))).toBeUndefined();
  });

  test('to a key that is scheduled for deletion is refused', async () => {
    const literal = stack();
    const { sandbox, update } = await handled(literal, 'Alias');
    await inHand(sandbox, literal, 'Other').remove();
    expect(await refusal(() => update(stack({}, 'Other')))).toMatch(
      /^KMSInvalidStateException: .* is pending deletion/,
    );
  });
});

/** Creates the resource `Alias` of a stack, whose other resources are there. */
const handledCreate = (sandbox: Sandbox, literal: LiteralStack) => () => inHand(sandbox, literal, 'Alias').create();
