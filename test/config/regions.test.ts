import { RegionInfo } from 'aws-cdk-lib/region-info';
import { expect, test } from 'vitest';
import { partitionOf, regions } from '@crosswind/aws/partition';

test('the list of regions is that of the CDK', () => {
  expect(regions).toEqual(RegionInfo.regions.map(({ name }) => name).sort());
});

test.each(RegionInfo.regions.map(({ name, partition }) => [name, partition]))(
  '%s is in the partition %s, as the CDK has it',
  (region, partition) => {
    expect(partitionOf(region)).toBe(partition);
  },
);
