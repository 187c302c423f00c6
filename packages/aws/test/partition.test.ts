import { expect, test } from 'vitest';
import { accountOf } from '../src/arn.ts';
import { partitionOf } from '../src/partition.ts';

test.each([
  ['us-east-1', 'aws'],
  ['eu-central-1', 'aws'],
  ['cn-north-1', 'aws-cn'],
  ['us-gov-west-1', 'aws-us-gov'],
])('%s is in the partition %s', (region, partition) => {
  expect(partitionOf(region)).toBe(partition);
});

test.each([
  ['arn:aws:iam::444444444444:role/x', '444444444444'],
  ['arn:aws:states:us-east-1:333333333333:stateMachine:x', '333333333333'],
  ['arn:aws:s3:::winds', ''],
  ['winds', ''],
])('%s names the account "%s"', (arn, account) => {
  expect(accountOf(arn)).toBe(account);
});
