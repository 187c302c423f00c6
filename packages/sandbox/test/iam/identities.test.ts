import { describe, expect, test } from 'vitest';
import type { PolicyDocument } from '@crosswind/iam/policy-document';
import { Identities } from '../../src/iam/identities.ts';

const account = '444444444444';
const arn = `arn:aws:iam::${account}:role/service/reader`;
const trust: PolicyDocument = { Version: '2012-10-17', Statement: [] };

function identitiesWithReader(): Identities {
  const identities = new Identities();
  identities.addRole({ arn, name: 'reader', account, trust });
  return identities;
}

describe('a role', () => {
  test.each([
    ['its ARN', (identities: Identities) => identities.role(arn)],
    ['its account and name', (identities: Identities) => identities.roleNamed(account, 'reader')],
  ])('is found by %s', (_, find) => {
    expect(find(identitiesWithReader())?.arn).toBe(arn);
  });

  test.each([
    ['another ARN', (identities: Identities) => identities.role(`arn:aws:iam::${account}:role/reader`)],
    ['another account', (identities: Identities) => identities.roleNamed('555555555555', 'reader')],
    ['another name', (identities: Identities) => identities.roleNamed(account, 'writer')],
  ])('is not found by %s', (_, find) => {
    expect(find(identitiesWithReader())).toBeUndefined();
  });
});

describe('the policy on a resource', () => {
  const source = (name: string) => ({ name, document: trust });

  test.each([
    ['a role: its trust policy', arn, 'trust policy of reader'],
    ['a bucket: its bucket policy', 'arn:aws:s3:::mine', 'bucket policy'],
    ['an object: the policy of its bucket', 'arn:aws:s3:::mine/2022/1.csv', 'bucket policy'],
    ['a key: its key policy', `arn:aws:kms:us-east-1:${account}:key/1`, 'key policy'],
    ['a bucket with a longer name: none', 'arn:aws:s3:::mine-too/1', undefined],
    ['another key: none', `arn:aws:kms:us-east-1:${account}:key/12`, undefined],
    ['a state machine: none', `arn:aws:states:us-east-1:${account}:stateMachine:mine`, undefined],
  ])('%s', (_, resource, name) => {
    const identities = identitiesWithReader();
    identities.setResourcePolicy('arn:aws:s3:::mine', source('bucket policy'));
    identities.setResourcePolicy(`arn:aws:kms:us-east-1:${account}:key/1`, source('key policy'));
    expect(identities.resourcePolicy(resource)?.name).toBe(name);
  });
});

describe('the tags of a resource', () => {
  const key = `arn:aws:kms:us-east-1:${account}:key/1`;
  const tags = [{ Key: 'platform', Value: 'crosswind' }];

  test('are keys of conditions besides the ones that the resource has already', () => {
    const identities = identitiesWithReader();
    identities.setContext(key, { 'kms:ResourceAliases': ['alias/mine'] });
    identities.setTags(key, tags);
    expect(identities.contextOf(key)).toEqual({
      'kms:ResourceAliases': ['alias/mine'],
      'aws:ResourceTag/platform': 'crosswind',
    });
  });

  test('are keys of IAM, too, where the resource is a role', () => {
    const identities = new Identities();
    identities.addRole({ arn, name: 'reader', account, trust, details: { Tags: tags } });
    expect(identities.contextOf(arn)).toEqual({
      'aws:ResourceTag/platform': 'crosswind',
      'iam:ResourceTag/platform': 'crosswind',
    });
  });

  test('are none where nobody set them', () => {
    const identities = identitiesWithReader();
    identities.setTags(key, tags);
    expect(identities.contextOf(`${key}2`)).toBeUndefined();
  });
});
