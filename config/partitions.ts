import { partitionOf } from '@crosswind/aws/partition';
import { nearest } from './nearest.ts';
import type { Outline } from './outline.ts';
import type { PathProblem } from './problem.ts';
import { region as regionSchema } from './schema.ts';

/** Regions of accounts and the connection that are in another partition than the platform, or that nothing can reach. */
export function partitions(outline: Outline): readonly PathProblem[] {
  return [...accountsElsewhere(outline), ...connectionElsewhere(outline)];
}

/** ARNs, credentials and trust end at the border of a partition (AWS General Reference, "Amazon Resource Names"). */
function accountsElsewhere({ region: platform, accounts }: Outline): readonly PathProblem[] {
  if (platform === undefined) return [];
  const home = partitionOf(platform);
  return accounts.flatMap(({ name = '', region }, index) =>
    region === undefined || partitionOf(region) === home
      ? []
      : [
          {
            path: ['accounts', index, 'region'],
            what: `the region of "${name}" is in the partition ${partitionOf(region)}, and the platform is in ${home}`,
            expected: `a region of ${home}`,
            fix: `choose one, or give ${partitionOf(region)} a platform of its own`,
          },
        ],
  );
}

/**
 * A connection that the pipeline cannot use. It may be of another region (Developer Tools console User Guide, "Global
 * resources in AWS CodeConnections"), and of another account that shares it, which codestar-connections cannot do
 * ("Share connections with AWS accounts").
 */
function connectionElsewhere({ region: platform, pipeline, accounts }: Outline): readonly PathProblem[] {
  if (pipeline.connection === undefined) return [];
  const [, partition = '', service = '', region = '', owner = ''] = pipeline.connection.split(':');
  const problem = (what: string, got: string, expected: string, fix: string): readonly PathProblem[] => [
    { path: ['pipeline', 'connection'], what, got, expected, fix },
  ];
  const known = regionSchema.options;
  if (!known.some((candidate) => candidate === region)) {
    const meant = nearest(region, known);
    const fix = meant === undefined ? 'copy the ARN from the AWS console' : `did you mean "${meant}"?`;
    return problem('the connection is in no region that AWS has', region, 'an AWS region', fix);
  }
  if (partition !== partitionOf(region)) {
    const what = `the connection's ARN contradicts itself: ${region} is in the partition ${partitionOf(region)}`;
    return problem(what, partition, partitionOf(region), 'copy the ARN from the AWS console');
  }
  if (platform !== undefined && partition !== partitionOf(platform)) {
    const what = `the connection is in the partition ${partition}, and the platform is in ${partitionOf(platform)}`;
    return problem(what, region, `a region of ${partitionOf(platform)}`, 'create a connection there');
  }
  const account = accounts.find(({ name }) => name === pipeline.account)?.id;
  if (service !== 'codestar-connections' || account === undefined || owner === account) return [];
  const what = 'the connection is of another account than the pipeline, which only codeconnections can share';
  return problem(what, owner, `${account}, the account of the pipeline`, 'create a connection there');
}
