import type { Stack } from 'aws-cdk-lib/core';
import type { PipelineProps } from 'aws-cdk-lib/aws-codepipeline';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import type { Platform } from '../config/schema.ts';
import { bootstrapRoleArns } from '../stages/bootstrap.ts';
import { regionsInUse } from '../config/regions-in-use.ts';
import { stackProps } from '../stages/stack-props.ts';
import { ArtifactReplica } from './artifact-replica.ts';
import { ArtifactStore } from './artifact-store.ts';

/** Where a pipeline keeps its artifacts. */
export interface PipelineArtifacts {
  /** The bucket of its own region, which its builds use. */
  readonly own: IBucket;
  /** Properties of the pipeline that name all of its artifact buckets. */
  readonly buckets: Pick<PipelineProps, 'artifactBucket' | 'crossRegionReplicationBuckets'>;
}

/** A bucket in the region of the pipeline's stack, and a replica in every other region that accounts are in. */
export function pipelineArtifacts(stack: Stack, platform: Platform): PipelineArtifacts {
  const organizationId = platform.organization.id;
  const deployRoleArns = bootstrapRoleArns('deploy', platform.region);
  const { bucket: own } = new ArtifactStore(stack, 'Artifacts', { organizationId, deployRoleArns });
  const replicas = regionsInUse(platform)
    .filter((region) => region !== platform.region)
    .map((region) => {
      const replica = new ArtifactReplica(stack, `artifacts-${region}`, {
        stackName: 'crosswind-artifacts',
        description: 'Artifacts of the pipeline for accounts of this region',
        ...stackProps(region),
        organizationId,
        deployRoleArns,
        env: { account: stack.account, region },
      });
      stack.addStackDependency(replica);
      return [region, replica.bucketFor(stack)] as const;
    });
  if (replicas.length === 0) return { own, buckets: { artifactBucket: own } };
  return {
    own,
    buckets: { crossRegionReplicationBuckets: { [platform.region]: own, ...Object.fromEntries(replicas) } },
  };
}
