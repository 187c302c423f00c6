import type { JsonObject } from '@crosswind/aws/json';
import { resolvePartly } from '@crosswind/assembly/resolve';
import type { TemplateResource } from '@crosswind/assembly/template';
import { assembled } from '@crosswind/assembly/testing/assembled';
import { describe, expect, test } from 'vitest';
import { reachOf } from '../../../policies/reach/reach.ts';

type Resources = Readonly<Record<string, TemplateResource>>;

const everything = { Effect: 'Allow', Action: '*', Resource: '*' };
const execution = assembled({
  Resources: {
    Role: {
      Type: 'AWS::IAM::Role',
      Properties: {
        RoleName: 'exec',
        AssumeRolePolicyDocument: {
          Statement: [
            { Effect: 'Allow', Principal: { Service: 'cloudformation.amazonaws.com' }, Action: 'sts:AssumeRole' },
          ],
        },
        Policies: [{ PolicyName: 'P', PolicyDocument: { Statement: [everything] } }],
      },
    },
  },
});
const deployment = {
  ...{ assetManifest: undefined, deployRoleArn: undefined, templateUrl: undefined },
  ...{ bootstrapVersionParameter: undefined, terminationProtection: false, tags: {} },
  executionRoleArn: 'arn:aws:iam::111111111111:role/exec',
};

/** Calls that AWS would refuse when CloudFormation deploys the resources with a role that may do everything. */
function refused(resources: Resources): readonly string[] {
  const stack = { ...assembled({ Resources: resources }), deployment };
  const [own, other] = resolvePartly([stack, execution]).stacks;
  if (!own || !other) throw new Error('expected two stacks');
  const { calls } = reachOf([own], [other], { id: 'o-exampleorg1', scps: () => [], rcps: () => [] });
  return calls.flatMap(({ action, decision, by }) =>
    decision.allowed ? [] : [`${by.path}: ${decision.kind} of ${action}`],
  );
}

const denial = (Action: string | readonly string[], rest: JsonObject = {}): JsonObject => ({
  ...{ Effect: 'Deny', Principal: '*', Action, Resource: '*' },
  ...rest,
});
const bucket = (...Statement: readonly JsonObject[]): Resources => ({
  Bucket: { Type: 'AWS::S3::Bucket', Properties: { BucketName: 'b' } },
  Policy: { Type: 'AWS::S3::BucketPolicy', Properties: { Bucket: 'b', PolicyDocument: { Statement } } },
});
const onBucket = { Resource: 'arn:aws:s3:::b' };
const key = (...Statement: readonly JsonObject[]): Resources => ({
  Key: {
    Type: 'AWS::KMS::Key',
    Properties: {
      KeyPolicy: {
        Statement: [
          { Effect: 'Allow', Principal: { AWS: 'arn:aws:iam::111111111111:root' }, Action: 'kms:*', Resource: '*' },
          ...Statement,
        ],
      },
    },
  },
});

describe('a policy that denies the deletion of', () => {
  test.each<[string, Resources, readonly string[]]>([
    [
      'its bucket does not stop it: CloudFormation deletes the policy first',
      bucket(denial('s3:DeleteBucket', onBucket)),
      [],
    ],
    [
      'itself is in the way',
      bucket(denial('s3:DeleteBucketPolicy', onBucket)),
      ['Policy: explicit deny of s3:DeleteBucketPolicy'],
    ],
    [
      'itself to others is not',
      bucket(
        denial('s3:DeleteBucketPolicy', {
          ...onBucket,
          Condition: {
            StringNotEquals: { 'aws:PrincipalAccount': '111111111111' },
          },
        }),
      ),
      [],
    ],
    [
      'its key is in the way, because it is a part of the key',
      key(denial('kms:ScheduleKeyDeletion')),
      ['Key: explicit deny of kms:ScheduleKeyDeletion'],
    ],
    ['another action of the key is not', key(denial('kms:ReplicateKey')), []],
  ])('%s', (_, resources, findings) => {
    expect(refused(resources)).toEqual(findings);
  });

  test('a bucket is in the way of what it denies besides', () => {
    expect(refused(bucket(denial('s3:PutBucketPolicy', onBucket)))).toContain(
      'Policy: explicit deny of s3:PutBucketPolicy',
    );
  });
});
