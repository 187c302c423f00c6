import { expect, test } from 'vitest';
import { accountOf } from '../src/arn.ts';
import { partitionOf, regions } from '../src/partition.ts';

test('every region is listed once, by name', () => {
  expect(regions).toEqual([...new Set(regions)].sort());
  expect(regions).toContain('us-east-1');
});

test.each([
  ['eu-central-9', 'aws'],
  ['us-isolated-1', 'aws'],
  ['cn-south-1', 'aws-cn'],
  ['us-gov-central-1', 'aws-us-gov'],
  ['us-isob-central-1', 'aws-iso-b'],
  ['eusc-de-west-1', 'aws-eusc'],
])('%s, which the list does not have, is in the partition %s by its name', (region, partition) => {
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
