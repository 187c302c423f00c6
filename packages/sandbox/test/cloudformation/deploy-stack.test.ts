import { describe, expect, test } from 'vitest';
import type { TemplateResource } from '@crosswind/assembly/template';
import {
  allow,
  arnOf,
  bucket,
  bucketPolicy,
  key,
  lambda,
  lambdaFunction,
  logGroup,
  policy,
  role,
  sandboxWith,
  stacksOf,
  stateMachine,
  states,
  trusting,
} from '../../src/testing/literals.ts';
import { account, refusalOf, withProperties, answer, pass, loggingActions, logging } from './refusals.ts';

describe('a stack', () => {
  test('becomes what it describes, each resource after those it depends on', async () => {
    const cloud = await sandboxWith([
      {
        account,
        resources: {
          Machine: stateMachine('machine', pass, logging),
          Tried: lambdaFunction('tried', answer),
          Attached: policy(['machine-role'], allow('s3:GetObject')),
          OnBucket: bucketPolicy('mine', { Effect: 'Allow', Principal: '*', Action: 's3:GetObject', Resource: '*' }),
          Mine: bucket('mine', {
            BucketEncryption: {
              ServerSideEncryptionConfiguration: [
                {
                  BucketKeyEnabled: true,
                  ServerSideEncryptionByDefault: { SSEAlgorithm: 'aws:kms', KMSMasterKeyID: arnOf('Key') },
                },
              ],
            },
          }),
          Key: key(account),
          Metadata: { Type: 'AWS::CDK::Metadata', Properties: {} },
          Logs: logGroup('mine'),
          FunctionRole: role('function', lambda),
          MachineRole: role('machine-role', states, allow(loggingActions)),
        },
      },
    ]);
    const stored = cloud.storage.bucket('mine');
    expect(stored).toMatchObject({ account, region: 'us-east-1', encryption: { bucketKey: true } });
    expect(cloud.identities.resourcePolicy('arn:aws:s3:::mine/1')?.name).toBe('bucket policy of mine');
    expect(cloud.identities.resourcePolicy(stored?.encryption?.kmsKeyArn ?? '')?.name).toMatch(/^key policy of /);
    expect(cloud.identities.roleNamed(account, 'machine-role')?.policies.map(({ name }) => name)).toEqual([
      'policy own of role machine-role',
      'policy attached of role machine-role',
    ]);
    expect(cloud.functions.has(`arn:aws:lambda:us-east-1:${account}:function:tried`)).toBe(true);
    expect(cloud.logGroups.has(`arn:aws:logs:us-east-1:${account}:log-group:mine:*`)).toBe(true);
    expect(cloud.stateMachines.get(`arn:aws:states:us-east-1:${account}:stateMachine:machine`)?.type).toBe('STANDARD');
  });

  test('is deployed in the order of DependsOn, too', async () => {
    const trusted = role('trusted', states);
    const onTrusted = role('trusting', trusting({ AWS: `arn:aws:iam::${account}:role/trusted` }));
    expect(await refusalOf({ A: { ...onTrusted, DependsOn: 'B' }, B: trusted })).toBeUndefined();
    expect(await refusalOf({ A: onTrusted, B: trusted })).toMatch(/MalformedPolicyDocument/);
  });

  test('whose resources depend on each other in a circle is refused, and the circle named', async () => {
    const dependent = (name: string, on: string): TemplateResource => ({ ...bucket(name), DependsOn: on });
    const cloud = await sandboxWith([]);
    const resources = {
      Before: dependent('d', 'A'),
      A: dependent('a', 'B'),
      B: dependent('b', 'C'),
      C: dependent('c', 'A'),
    };
    const [stack] = stacksOf({ account, resources });
    expect(stack).toBeDefined();
    await expect(stack && cloud.deploy(stack)).rejects.toThrow('Circular dependency between resources: [A, B, C]');
  });

  test('names account, path and type of the resource that is refused', async () => {
    const place = { Metadata: { 'aws:cdk:path': 'Crosswind/dev/Child/Table' } };
    expect(
      await refusalOf({
        Table: {
          Type: 'AWS::DynamoDB::Table',
          Properties: { KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }] },
          ...place,
        },
      }),
    ).toBe(
      `Crosswind/dev/Child/Table (AWS::DynamoDB::Table) in account ${account}: NotSupported: the sandbox does not know the type AWS::DynamoDB::Table`,
    );
  });

  test('whose code is no asset of the assembly is refused by name', async () => {
    const elsewhere = withProperties(lambdaFunction('tried', answer), { Code: { S3Bucket: 'mine', S3Key: 'x.zip' } });
    const [stack] = stacksOf({ account, resources: { FunctionRole: role('function', lambda), Tried: elsewhere } });
    const cloud = await sandboxWith([], { strict: true });
    await expect(stack && cloud.deploy({ ...stack, assets: new Map() })).rejects.toThrow(
      'Tried (AWS::Lambda::Function) in account 444444444444: NotSupported: the sandbox does not know code that is no asset of the assembly: {"S3Bucket":"mine"',
    );
  });
});
