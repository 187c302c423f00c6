import { Stack } from 'aws-cdk-lib/core';
import { Template } from 'aws-cdk-lib/assertions';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { AccountPrincipal, Role } from 'aws-cdk-lib/aws-iam';
import { Construct, type IConstruct } from 'constructs';
import { describe, expect, test } from 'vitest';
import { declareCalls } from '../../../blocks/baseline/declare-calls.ts';

const reading = { actions: ['s3:GetObject'], resources: ['arn:aws:s3:::b/*'] };

describe('calls are declared', () => {
  test('in the metadata of a resource, after those that are there', () => {
    const stack = new Stack();
    const role = new Role(stack, 'Role', { assumedBy: new AccountPrincipal('111111111111') });
    const writing = { ...reading, actions: ['s3:PutObject'] };
    declareCalls(role, [reading]);
    declareCalls(role, [writing]);
    Template.fromStack(stack).hasResource('AWS::IAM::Role', { Metadata: { 'crosswind:calls': [reading, writing] } });
  });

  test.each<[string, (stack: Stack) => IConstruct]>([
    ['a construct of several resources', (stack) => new Construct(stack, 'Group')],
    ['a bucket of somebody else', (stack) => Bucket.fromBucketName(stack, 'Group', 'theirs')],
    ['a stack', (stack) => new Stack(stack, 'Group')],
  ])('not of %s', (_, construct) => {
    const stack = new Stack(undefined, 'Here');
    expect(() => {
      declareCalls(construct(stack), [reading]);
    }).toThrow('Here/Group is no resource of CloudFormation: expected a function or a role');
  });
});
