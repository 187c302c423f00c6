import { CfnRole } from 'aws-cdk-lib/aws-iam';
import type { CodePipeline } from 'aws-cdk-lib/pipelines';
import { pipelineRoleNames } from '../config/role-names.ts';

/**
 * Gives the role of the build that deploys the pipeline its name, which bootstrap roles trust. CDK Pipelines has no prop
 * for it.
 */
export function nameSelfMutation({ pipeline, selfMutationProject }: CodePipeline): void {
  const role = selfMutationProject.role?.node.defaultChild;
  if (!(role instanceof CfnRole)) {
    throw new Error(`${pipeline.node.path}: CDK Pipelines keeps the role of self-mutation elsewhere now`);
  }
  role.roleName = pipelineRoleNames.selfMutation;
}
