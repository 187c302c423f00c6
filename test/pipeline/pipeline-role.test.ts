import { Bucket } from 'aws-cdk-lib/aws-s3';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import { describe, expect, test } from 'vitest';
import { type JsonObject, isObject, listOf, objectOf } from '@crosswind/aws/json';
import { pipelineRole } from '../../pipeline/pipeline-role.ts';
import { stackWith } from '../synthesized.ts';

const organizationId = 'o-oneorganization';
const deployRoleArns = 'arn:aws:iam::*:role/deploy-*';
const connectionArn = 'arn:aws:codeconnections:us-east-1:444444444444:connection/1';

const { stack } = stackWith((scope) => {
  const artifacts = new Bucket(scope, 'Bucket', { encryptionKey: new Key(scope, 'Key') });
  const role = pipelineRole(scope, 'Role', { organizationId, deployRoleArns, artifacts, connectionArn });
  role.addToPrincipalPolicy(new PolicyStatement({ actions: ['s3:DeleteObject'], resources: ['*'] }));
});
const policies = stack.resources.filter(({ type }) => type === 'AWS::IAM::Policy');
const statements: readonly JsonObject[] = policies.flatMap(({ properties }) =>
  listOf(objectOf(properties['PolicyDocument'])['Statement']).filter(isObject),
);
const arnOf = (type: string): string => stack.resources.find((resource) => resource.type === type)?.arn ?? '';

describe('the role of the pipeline', () => {
  test('assumes the roles that deploy, of accounts of the organization only', () => {
    const assuming = statements.filter(({ Action }) => JSON.stringify(Action).includes('sts:'));
    expect(assuming).toEqual([
      {
        Sid: 'Deploy',
        Effect: 'Allow',
        Action: 'sts:AssumeRole',
        Resource: deployRoleArns,
        Condition: { StringEquals: { 'aws:ResourceOrgID': organizationId } },
      },
    ]);
  });

  test('reads and writes the artifacts, uses the connection and runs its own projects', () => {
    expect(statements.filter(({ Sid }) => Sid !== 'Deploy').map(({ Action, Resource }) => [Action, Resource])).toEqual([
      [
        ['codebuild:BatchGetBuilds', 'codebuild:StartBuild'],
        'arn:aws:codebuild:us-east-1:444444444444:project/crosswind-*',
      ],
      [['codeconnections:UseConnection', 'codestar-connections:UseConnection'], connectionArn],
      [['s3:GetObject', 's3:GetObjectVersion', 's3:PutObject', 's3:PutObjectAcl'], `${arnOf('AWS::S3::Bucket')}/*`],
      [['s3:GetBucketAcl', 's3:GetBucketLocation', 's3:GetBucketVersioning'], arnOf('AWS::S3::Bucket')],
      [['kms:Decrypt', 'kms:GenerateDataKey'], arnOf('AWS::KMS::Key')],
      [
        [
          's3:GetBucketAcl',
          's3:GetBucketLocation',
          's3:GetBucketVersioning',
          's3:GetObject',
          's3:GetObjectVersion',
          's3:PutObject',
          's3:PutObjectAcl',
        ],
        ['arn:aws:s3:::crosswind-artifacts-444444444444-*', 'arn:aws:s3:::crosswind-artifacts-444444444444-*/*'],
      ],
      [['kms:Decrypt', 'kms:GenerateDataKey'], 'arn:aws:kms:*:444444444444:key/*'],
    ]);
  });

  test('uses replicas of its own account only, and their keys only', () => {
    const conditions = statements.filter(({ Sid }) => Sid === 'Replicas' || Sid === 'ReplicaKeys');
    expect(conditions.map(({ Condition }) => Condition)).toEqual([
      { StringEquals: { 'aws:ResourceAccount': '444444444444' } },
      { 'ForAnyValue:StringEquals': { 'kms:ResourceAliases': 'alias/crosswind-artifacts' } },
    ]);
  });

  test('gets no statement from anybody else', () => {
    expect(statements).toHaveLength(8);
    expect(JSON.stringify(statements)).not.toContain('s3:DeleteObject');
  });

  test('is assumed by CodePipeline alone', () => {
    const role = stack.resources.find(({ type }) => type === 'AWS::IAM::Role');
    expect(objectOf(role?.properties['AssumeRolePolicyDocument'])['Statement']).toEqual([
      { Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service: 'codepipeline.amazonaws.com' } },
    ]);
  });
});
