/** Regions of AWS by partition, as `aws-cdk-lib/region-info` 2.276 has them; test/config/regions.test.ts compares the two. */
const regionsOf = {
  aws: [
    'af-south-1',
    'ap-east-1',
    'ap-east-2',
    'ap-northeast-1',
    'ap-northeast-2',
    'ap-northeast-3',
    'ap-south-1',
    'ap-south-2',
    'ap-southeast-1',
    'ap-southeast-2',
    'ap-southeast-3',
    'ap-southeast-4',
    'ap-southeast-5',
    'ap-southeast-6',
    'ap-southeast-7',
    'ca-central-1',
    'ca-west-1',
    'eu-central-1',
    'eu-central-2',
    'eu-north-1',
    'eu-south-1',
    'eu-south-2',
    'eu-west-1',
    'eu-west-2',
    'eu-west-3',
    'il-central-1',
    'me-central-1',
    'me-south-1',
    'me-west-1',
    'mx-central-1',
    'sa-east-1',
    'us-east-1',
    'us-east-2',
    'us-west-1',
    'us-west-2',
  ],
  'aws-cn': ['cn-north-1', 'cn-northwest-1'],
  'aws-eusc': ['eusc-de-east-1'],
  'aws-iso': ['us-iso-east-1', 'us-iso-west-1'],
  'aws-iso-b': ['us-isob-east-1', 'us-isob-west-1'],
  'aws-iso-e': ['eu-isoe-west-1'],
  'aws-iso-f': ['us-isof-east-1', 'us-isof-south-1'],
  'aws-us-gov': ['us-gov-east-1', 'us-gov-west-1'],
} as const;

/** A group of regions with accounts and ARNs of its own. */
export type Partition = keyof typeof regionsOf;

/** A region that is known. */
export type Region = (typeof regionsOf)[Partition][number];

const partitions = new Map<string, Partition>(
  Object.entries(regionsOf).flatMap(([partition, names]) => names.map((name) => [name, partition as Partition])),
);

/** All regions that are known, by name. */
export const regions = [...partitions.keys()].sort() as [Region, ...Region[]];

/** Beginnings of the names of regions outside of the partition `aws`, for regions that are newer than the list. */
const prefixes: readonly (readonly [string, Partition])[] = [
  ['cn-', 'aws-cn'],
  ['eusc-', 'aws-eusc'],
  ['us-iso-', 'aws-iso'],
  ['us-isob-', 'aws-iso-b'],
  ['eu-isoe-', 'aws-iso-e'],
  ['us-isof-', 'aws-iso-f'],
  ['us-gov-', 'aws-us-gov'],
];

/** The partition that a region belongs to (AWS General Reference, "Amazon Resource Names"). */
export const partitionOf = (region: string): Partition =>
  partitions.get(region) ?? prefixes.find(([prefix]) => region.startsWith(prefix))?.[1] ?? 'aws';

/** Region in which global services such as IAM answer, and are signed for (endpoint rules of the AWS SDK). */
const globalRegions: Readonly<Record<Partition, string>> = {
  aws: 'us-east-1',
  'aws-cn': 'cn-north-1',
  'aws-eusc': 'eusc-de-east-1',
  'aws-iso': 'us-iso-east-1',
  'aws-iso-b': 'us-isob-east-1',
  'aws-iso-e': 'eu-isoe-west-1',
  'aws-iso-f': 'us-isof-south-1',
  'aws-us-gov': 'us-gov-west-1',
};

/** The region of global services in the partition of a region. */
export const globalRegionOf = (region: string): string => globalRegions[partitionOf(region)];
