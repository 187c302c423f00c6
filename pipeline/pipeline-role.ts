import { Stack } from 'aws-cdk-lib/core';
import { type IRole, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';
import { buildNamePrefix } from '../config/pipeline-name.ts';
import { pipelineRoleNames } from '../config/role-names.ts';
import { replicaBucketPrefix, replicaKeyAlias } from './artifact-replica.ts';

export interface PipelineRoleProps {
  readonly organizationId: string;
  /** ARN pattern of the bootstrap roles that deploy, in any account. */
  readonly deployRoleArns: string;
  readonly artifacts: IBucket;
  /** ARN of the CodeConnections connection to the repository. */
  readonly connectionArn: string;
}

/** Actions of CodePipeline on artifacts. The source action of a connection sets an ACL, too (aws/aws-cdk#13557). */
const objectActions = ['s3:GetObject', 's3:GetObjectVersion', 's3:PutObject', 's3:PutObjectAcl'];
/** Actions of CodePipeline on their bucket (codepipeline, security-iam: minimum service role policy). */
const bucketActions = ['s3:GetBucketAcl', 's3:GetBucketLocation', 's3:GetBucketVersioning'];

/**
 * The role of the pipeline and of all its actions, with a policy of fixed size: the CDK would add a statement for every
 * account. Which accounts it reaches is bounded by the organization and by the bootstrap roles' own trust.
 */
export function pipelineRole(scope: Construct, id: string, props: PipelineRoleProps): IRole {
  const role = new Role(scope, id, {
    roleName: pipelineRoleNames.pipeline,
    assumedBy: new ServicePrincipal('codepipeline.amazonaws.com'),
  });
  const { partition, account, region } = Stack.of(scope);
  role.addToPolicy(
    new PolicyStatement({
      sid: 'Deploy',
      actions: ['sts:AssumeRole'],
      resources: [props.deployRoleArns],
      conditions: { StringEquals: { 'aws:ResourceOrgID': props.organizationId } },
    }),
  );
  role.addToPolicy(
    new PolicyStatement({
      sid: 'Build',
      actions: ['codebuild:StartBuild', 'codebuild:BatchGetBuilds'],
      resources: [`arn:${partition}:codebuild:${region}:${account}:project/${buildNamePrefix}*`],
    }),
  );
  role.addToPolicy(
    new PolicyStatement({
      sid: 'Source',
      // The service was renamed; connections of both names exist, and either action may be asked for.
      actions: ['codeconnections:UseConnection', 'codestar-connections:UseConnection'],
      resources: [props.connectionArn],
    }),
  );
  role.addToPolicy(
    new PolicyStatement({
      sid: 'Artifacts',
      actions: objectActions,
      resources: [props.artifacts.arnForObjects('*')],
    }),
  );
  role.addToPolicy(
    new PolicyStatement({ sid: 'ArtifactBucket', actions: bucketActions, resources: [props.artifacts.bucketArn] }),
  );
  props.artifacts.encryptionKey?.grant(role, 'kms:Decrypt', 'kms:GenerateDataKey');
  role.addToPolicy(
    new PolicyStatement({
      sid: 'Replicas',
      actions: [...objectActions, ...bucketActions],
      resources: ['*', '*/*'].map((rest) => `arn:${partition}:s3:::${replicaBucketPrefix}${account}-${rest}`),
      // Names of buckets are free for everybody to take.
      conditions: { StringEquals: { 'aws:ResourceAccount': account } },
    }),
  );
  role.addToPolicy(
    new PolicyStatement({
      sid: 'ReplicaKeys',
      actions: ['kms:Decrypt', 'kms:GenerateDataKey'],
      resources: [`arn:${partition}:kms:*:${account}:key/*`],
      conditions: { 'ForAnyValue:StringEquals': { 'kms:ResourceAliases': replicaKeyAlias } },
    }),
  );
  return role.withoutPolicyUpdates();
}
