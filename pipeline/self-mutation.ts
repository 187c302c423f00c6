import { Stack } from 'aws-cdk-lib/core';
import { CfnRole } from 'aws-cdk-lib/aws-iam';
import type { CodePipeline } from 'aws-cdk-lib/pipelines';
import { declareCalls } from '../blocks/baseline/declare-calls.ts';
import { pipelineRoleNames } from '../config/role-names.ts';
import { bootstrapRoleArns } from '../stages/bootstrap.ts';

/**
 * Gives the role of the build that deploys the pipeline its name, which bootstrap roles trust, and states what it calls.
 * CDK Pipelines has no prop for it.
 */
export function nameSelfMutation({ pipeline, selfMutationProject }: CodePipeline): void {
  const role = selfMutationProject.role?.node.defaultChild;
  if (!(role instanceof CfnRole)) {
    throw new Error(`${pipeline.node.path}: CDK Pipelines keeps the role of self-mutation elsewhere now`);
  }
  role.roleName = pipelineRoleNames.selfMutation;
  const { account, region } = Stack.of(role);
  const kinds = ['deploy', 'file-publishing'] as const;
  const resources = kinds.map((kind) => bootstrapRoleArns(kind, region, account));
  // `cdk deploy` of the pipeline's own stack, with the assets of that.
  declareCalls(role, [{ actions: ['sts:AssumeRole'], resources }]);
}
