import { describe, expect, test } from 'vitest';
import type { ApplicablePolicies } from '../src/applicable-policies.ts';
import type { Principal } from '../src/principal.ts';
import { isGatekept, isLockedOutProof, resourcePolicyName } from '../src/resource-policy.ts';
import { ask, CHILD, PARENT, policy, role } from './actors.ts';

test.each([
  ['sts:AssumeRole', 'trust policy'],
  ['kms:Decrypt', 'key policy'],
  ['s3:GetObject', 'bucket policy'],
  ['lambda:InvokeFunction', 'function policy'],
  ['sns:Publish', 'topic policy'],
  ['sqs:SendMessage', 'queue policy'],
  ['events:PutEvents', 'event bus policy'],
  ['oam:CreateLink', 'sink policy'],
  ['S3:GetObject', 'bucket policy'],
  ['states:StartExecution', undefined],
])('%s is allowed by a %s', (action, name) => {
  expect(resourcePolicyName(ask(action, '*'))).toBe(name);
});

describe('the policy on the resource must allow even a caller of the same account', () => {
  const none: ApplicablePolicies = { identity: [] };
  const some: ApplicablePolicies = { identity: [], resource: policy('on the resource') };
  const target = `arn:aws:iam::${CHILD}:role/target`;
  const key = `arn:aws:kms:us-east-1:${CHILD}:key/1`;

  test.each([
    ['sts:AssumeRole', target, none, true],
    ['STS:AssumeRole', target, none, true],
    ['sts:GetCallerIdentity', '*', none, false],
    ['sts:GetCallerIdentity', '*', some, true],
    ['kms:Decrypt', key, none, true],
    ['KMS:Decrypt', key, none, true],
    ['kms:ListKeys', '*', none, false],
    ['kms:Decrypt', '*', some, true],
    ['s3:GetObject', 'arn:aws:s3:::winds/a', some, false],
    ['iam:GetRole', target, some, false],
  ])('%s on %s with %j: %s', (action, resource, policies, gatekept) => {
    expect(isGatekept(ask(action, resource), policies)).toBe(gatekept);
  });
});

describe('no bucket policy can deny', () => {
  const root = (account: string): Principal => ({ kind: 'root', rootArn: `arn:aws:iam::${account}:root`, account });

  test.each([
    ['s3:GetBucketPolicy', root(CHILD), true],
    ['s3:PutBucketPolicy', root(CHILD), true],
    ['s3:DeleteBucketPolicy', root(CHILD), true],
    ['S3:putbucketpolicy', root(CHILD), true],
    ['s3:GetObject', root(CHILD), false],
    ['s3:PutBucketPolicy', root(PARENT), false],
    ['s3:PutBucketPolicy', role('worker'), false],
  ])('%s to %j: %s', (action, principal, proof) => {
    expect(isLockedOutProof(ask(action, 'arn:aws:s3:::winds', { principal }))).toBe(proof);
  });
});
