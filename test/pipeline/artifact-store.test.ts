import { AnyPrincipal, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { describe, expect, test } from 'vitest';
import { type Json, type JsonObject, isObject, listOf, objectOf } from '@crosswind/aws/json';
import { ArtifactStore } from '../../pipeline/artifact-store.ts';
import { stackWith } from '../synthesized.ts';

const organizationId = 'o-oneorganization';
const deployRoleArns = 'arn:aws:iam::*:role/deploy-*';
const { stack, template } = stackWith((scope) => {
  new ArtifactStore(scope, 'Store', { organizationId, deployRoleArns });
});

const resourceAt = (path: string) =>
  stack.resources.find((resource) => resource.path === `Alone/Store/${path}/Resource`);
const allowedBy = (document: Json | undefined): readonly JsonObject[] =>
  listOf(objectOf(document)['Statement'])
    .filter(isObject)
    .filter(({ Effect }) => Effect === 'Allow');

const bounded = {
  StringEquals: { 'aws:PrincipalOrgID': organizationId },
  ArnLike: { 'aws:PrincipalArn': deployRoleArns },
};

describe('artifacts', () => {
  test('are read by the roles that deploy, in the organization, and by nobody else', () => {
    const bucket = resourceAt('Bucket');
    expect(allowedBy(resourceAt('Bucket/Policy')?.properties['PolicyDocument'])).toEqual([
      {
        Effect: 'Allow',
        Principal: { AWS: '*' },
        Action: ['s3:GetObject', 's3:GetObjectVersion'],
        Resource: `${bucket?.arn ?? ''}/*`,
        Condition: bounded,
      },
      {
        Effect: 'Allow',
        Principal: { AWS: '*' },
        Action: 's3:ListBucket',
        Resource: bucket?.arn,
        Condition: bounded,
      },
    ]);
  });

  test('are decrypted by the same roles; all else the policies of the account decide', () => {
    expect(allowedBy(resourceAt('Key')?.properties['KeyPolicy'])).toEqual([
      { Effect: 'Allow', Principal: { AWS: 'arn:aws:iam::444444444444:root' }, Action: 'kms:*', Resource: '*' },
      {
        Effect: 'Allow',
        Principal: { AWS: '*' },
        Action: ['kms:Decrypt', 'kms:DescribeKey'],
        Resource: '*',
        Condition: bounded,
      },
    ]);
  });

  test('are encrypted with the key', () => {
    expect(resourceAt('Bucket')?.properties['BucketEncryption']).toEqual({
      ServerSideEncryptionConfiguration: [
        {
          BucketKeyEnabled: true,
          ServerSideEncryptionByDefault: { SSEAlgorithm: 'aws:kms', KMSMasterKeyID: resourceAt('Key')?.arn },
        },
      ],
    });
    expect(resourceAt('Key')?.properties['EnableKeyRotation']).toBe(true);
  });

  test('have access logs that S3 encrypts and the owner of the bucket owns', () => {
    expect(resourceAt('AccessLogs')?.properties).toMatchObject({
      BucketEncryption: {
        ServerSideEncryptionConfiguration: [{ ServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' } }],
      },
      OwnershipControls: { Rules: [{ ObjectOwnership: 'BucketOwnerEnforced' }] },
    });
  });

  test.each([
    ['Bucket', { AbortIncompleteMultipartUpload: { DaysAfterInitiation: 1 } }],
    ['AccessLogs', {}],
  ])('in %s expire after 90 days', (name, rule) => {
    expect(resourceAt(name)?.properties['LifecycleConfiguration']).toEqual({
      Rules: [{ ExpirationInDays: 90, Status: 'Enabled', ...rule }],
    });
  });

  const policies = (type: string) =>
    Object.fromEntries(
      Object.entries(template.findResources(type)).map(([id, resource]) => [
        id.replace(/^Store|[0-9A-F]{8}$/g, ''),
        [resource['DeletionPolicy'], resource['UpdateReplacePolicy']],
      ]),
    );

  test('are kept with their key when their stack goes, unless the stack never came to be', () => {
    expect(policies('AWS::S3::Bucket')).toMatchObject({ Bucket: ['RetainExceptOnCreate', 'Retain'] });
    expect(policies('AWS::KMS::Key')).toEqual({ Key: ['RetainExceptOnCreate', 'Retain'] });
  });

  test('have access logs that are kept in any case: one log in the bucket would fail the rollback', () => {
    expect(policies('AWS::S3::Bucket')).toMatchObject({ AccessLogs: ['Retain', 'Retain'] });
  });

  test('are in no bucket that is public or speaks without TLS, and neither are the logs of access', () => {
    for (const name of ['Bucket', 'AccessLogs']) {
      expect(resourceAt(name)?.properties['PublicAccessBlockConfiguration']).toEqual({
        BlockPublicAcls: true,
        BlockPublicPolicy: true,
        IgnorePublicAcls: true,
        RestrictPublicBuckets: true,
      });
      expect(listOf(objectOf(resourceAt(`${name}/Policy`)?.properties['PolicyDocument'])['Statement'])).toContainEqual(
        expect.objectContaining({ Effect: 'Deny', Condition: { Bool: { 'aws:SecureTransport': 'false' } } }),
      );
    }
  });

  test('leave a log of who reads them', () => {
    expect(resourceAt('Bucket')?.properties['LoggingConfiguration']).toEqual({
      DestinationBucketName: resourceAt('AccessLogs')?.name,
    });
  });
});

test('nobody who uses the store makes its policies longer', () => {
  const size = (use: (store: ArtifactStore) => void): number => {
    const { template } = stackWith((scope) => {
      use(new ArtifactStore(scope, 'Store', { organizationId, deployRoleArns }));
    });
    return JSON.stringify([template.findResources('AWS::S3::BucketPolicy'), template.findResources('AWS::KMS::Key')])
      .length;
  };
  const asked = size(({ bucket }) => {
    bucket.addToResourcePolicy(new PolicyStatement({ principals: [new AnyPrincipal()], actions: ['s3:GetObject'] }));
  });
  expect(asked).toBe(size(() => undefined));
});
