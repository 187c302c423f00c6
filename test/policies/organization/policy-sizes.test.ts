import { describe, expect, test } from 'vitest';
import { accountKinds } from '../../../config/account-kinds.ts';
import { mostPublicBuckets } from '../../../config/schema.ts';
import { boundary } from '../../../policies/organization/boundary.ts';
import { executionPolicy } from '../../../policies/organization/execution-policy.ts';
import type { GuardPolicy } from '../../../policies/organization/guarded.ts';
import { organizationPolicies } from '../../../policies/organization/organization-policies.ts';
import { guarded } from './decided.ts';

/** Longest managed policy that IAM takes, without blanks (IAM User Guide, "IAM and AWS STS quotas"). */
const managed = 6_144;

/** The longest values that `platform.yaml` takes, with so many public buckets. */
const givenWith = (buckets: number) => ({
  ...guarded,
  partition: 'aws-us-gov',
  organizationId: 'o-'.padEnd(34, 'x'),
  publicBuckets: Array.from({ length: buckets }, (_, index) => `bucket-${index}-`.padEnd(63, 'x')),
});
const given = givenWith(mostPublicBuckets);

const size = (policy: GuardPolicy): number => JSON.stringify(policy).length;

test('a public bucket more than the file takes does not fit into the boundary of every kind', () => {
  const sizes = accountKinds.map((kind) => size(boundary(givenWith(mostPublicBuckets + 1), kind)));
  expect(Math.max(...sizes)).toBeGreaterThan(managed);
});

describe.each(accountKinds)('of accounts of kind %s', (kind) => {
  test.each([
    ['execution policy', executionPolicy],
    ['boundary', boundary],
  ])('the %s is one managed policy', (_, policyOf) => {
    const length = size(policyOf(given, kind));
    expect(length).toBeGreaterThan(500);
    expect(length).toBeLessThanOrEqual(managed);
  });

  test('the boundary grows with public buckets alone', () => {
    expect(size(boundary(givenWith(mostPublicBuckets + 1), kind))).toBeGreaterThan(size(boundary(given, kind)));
    expect(size(executionPolicy(givenWith(mostPublicBuckets + 1), kind))).toBe(size(executionPolicy(given, kind)));
  });

  test('the policies of the organization are as long as AWS takes', () => {
    const policies = organizationPolicies(given, new Set([kind]));
    expect(policies.map(({ type, characters }) => [type, characters])).toEqual([
      ['SERVICE_CONTROL_POLICY', 10_240],
      ['RESOURCE_CONTROL_POLICY', 5_120],
    ]);
    expect(policies.filter(({ document, characters }) => size(document) > characters)).toEqual([]);
    expect(policies.filter(({ kinds }) => !kinds.includes(kind))).toEqual([]);
  });

  test('every statement has a name of its own', () => {
    const documents = [
      executionPolicy(given, kind),
      boundary(given, kind),
      ...organizationPolicies(given, new Set([kind])).map(({ document }) => document),
    ];
    for (const { Statement } of documents) {
      const sids = Statement.map(({ Sid }) => Sid);
      expect(new Set(sids).size).toBe(sids.length);
      expect(sids.filter((sid) => !/^[A-Za-z0-9]+$/.test(sid))).toEqual([]);
    }
  });
});
