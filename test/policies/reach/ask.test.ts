import type { JsonObject } from '@crosswind/aws/json';
import { resolvePartly } from '@crosswind/assembly/resolve';
import { assembled } from '@crosswind/assembly/testing/assembled';
import { describe, expect, test } from 'vitest';
import { type Answers, answersTo, principalsNamed, principalsOf } from '../../../policies/reach/ask.ts';
import { decidingSide } from '../../../policies/reach/decide-request.ts';

const role = (name: string, trusted: JsonObject, ...Statement: readonly JsonObject[]) => ({
  Type: 'AWS::IAM::Role',
  Properties: {
    RoleName: name,
    AssumeRolePolicyDocument: { Statement: [{ Effect: 'Allow', Action: 'sts:AssumeRole', ...trusted }] },
    Policies: [{ PolicyName: 'P', PolicyDocument: { Version: '2012-10-17', Statement } }],
  },
});
const pipeline = {
  Principal: { AWS: '222222222222' },
  Condition: { StringEquals: { 'sts:ExternalId': 'x' } },
};
const reading = { Effect: 'Allow', Action: 's3:GetObject', Resource: '*' };
const byAgent = {
  ...reading,
  Action: 's3:PutObject',
  Condition: { StringEquals: { 'aws:UserAgent': '<unresolved>' } },
};
const Resources = {
  Reader: role('reader', { Principal: { Service: 'lambda.amazonaws.com' } }, reading, byAgent),
  Deployed: role('deployed', pipeline),
  Bucket: { Type: 'AWS::S3::Bucket', Properties: { BucketName: 'b' } },
};
const side = decidingSide({
  stacks: resolvePartly([assembled({ Resources })]).stacks,
  baseline: [],
  organization: { id: 'o-exampleorg1', scps: () => [], rcps: () => [] },
  kinds: new Map([['111111111111', 'workload']]),
});
const asked = (action: string, resource: string, as?: string): Answers =>
  answersTo({ action, resource }, as === undefined ? principalsOf(side) : principalsNamed(as, side), side);
const role1 = (name: string): string => `arn:aws:iam::111111111111:role/${name}`;

describe('who can', () => {
  test('is every role of the stacks and the public, each with its answer', () => {
    expect(
      asked('s3:GetObject', 'arn:aws:s3:::b/*').answers.map(({ principal, answer }) => [principal, answer]),
    ).toEqual([
      [role1('reader'), 'yes with this request'],
      [role1('deployed'), 'no'],
      ['everyone', 'no'],
    ]);
  });

  test('says with which request, and which ones it asked', () => {
    const [answer] = asked('sts:AssumeRole', role1('deployed'), '222222222222').answers;
    expect(answer).toMatchObject({
      ...{ kind: 'account', principal: 'account 222222222222', answer: 'yes with this request' },
      from: { context: { 'sts:ExternalId': 'x' }, without: [] },
    });
    expect(answer?.questions.map(({ context, decision }) => [context, decision])).toEqual([
      [{}, 'denied'],
      [{ 'sts:ExternalId': 'x' }, 'allowed'],
      [{ 'sts:ExternalId': 'crosswind-any-name' }, 'denied'],
    ]);
  });

  test.each<[string, string, string, string]>([
    ['an account that it trusts', '222222222222', role1('deployed'), 'yes with this request'],
    ['the root of an account', 'arn:aws:iam::222222222222:root', role1('deployed'), 'yes with this request'],
    ['an account that nobody knows', '999999999999', role1('deployed'), 'no'],
    ['everyone', '*', role1('deployed'), 'no'],
    ['a service', 'lambda.amazonaws.com', role1('reader'), 'yes with this request'],
    ['another service', 'states.amazonaws.com', role1('reader'), 'no'],
    ['a role of the stacks', role1('reader'), role1('deployed'), 'no'],
    ['a role of an account that it trusts', 'arn:aws:iam::222222222222:role/other', role1('deployed'), 'undecidable'],
    ['a role of another account', 'arn:aws:iam::333333333333:role/other', role1('deployed'), 'no'],
  ])('may be asked of %s', (_, as, resource, expected) => {
    expect(asked('sts:AssumeRole', resource, as).answers.map(({ answer }) => answer)).toEqual([expected]);
  });

  test('is not known of a resource of somebody else, nor where a policy is not', () => {
    const others = asked('sqs:SendMessage', 'arn:aws:sqs:eu-west-1:222222222222:q', '111111111111');
    expect(others).toMatchObject({ isMade: false, answers: [{ answer: 'undecidable' }] });
    expect(others.answers[0]?.from.reason).toContain('what its owner allows is not known');
    expect(asked('s3:PutObject', 'arn:aws:s3:::b/x', role1('reader')).answers[0]).toMatchObject({
      answer: 'undecidable',
    });
  });

  test('without a resource is about the account of the caller: outsiders reach none of the platform', () => {
    const answers = asked('s3:ListAllMyBuckets', '*').answers.map(({ principal, answer }) => [principal, answer]);
    expect(answers).toEqual([
      [role1('reader'), 'no'],
      [role1('deployed'), 'no'],
      ['everyone', 'no'],
    ]);
    const byAccount = (as: string) => asked('s3:ListAllMyBuckets', '*', as).answers[0];
    expect(byAccount('111111111111')).toMatchObject({
      answer: 'yes with this request',
      from: { reason: 'allowed by statement 1 of FullAWSAccess and statement 1 of FullAWSAccess' },
    });
    expect(byAccount('999999999999')).toMatchObject({
      answer: 'no',
      from: { reason: expect.stringContaining('acts in the account of its caller') as string },
    });
  });

  test.each(['me', '1111', 'role/x', ''])('is not asked of "%s", which is no principal', (name) => {
    expect(principalsNamed(name, side)).toEqual([]);
  });
});
