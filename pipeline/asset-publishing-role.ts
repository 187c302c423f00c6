import { Stack } from 'aws-cdk-lib/core';
import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { AssetType, type CodePipeline } from 'aws-cdk-lib/pipelines';
import type { Construct } from 'constructs';
import { declareCalls } from '../blocks/baseline/declare-calls.ts';
import { pipelineRoleNames } from '../config/role-names.ts';

export interface AssetPublishingRoleProps {
  readonly organizationId: string;
  /** ARN pattern of the bootstrap roles that publish files, in any account. */
  readonly publishingRoleArns: string;
}

/**
 * The role that publishes assets into every account, with a policy of fixed size: the CDK would name the publishing role
 * of each account, in a policy that it has to split at about 30 of them.
 */
export class AssetPublishingRole extends Role {
  constructor(scope: Construct, id: string, { organizationId, publishingRoleArns }: AssetPublishingRoleProps) {
    super(scope, id, {
      roleName: pipelineRoleNames.publishing,
      assumedBy: new ServicePrincipal('codebuild.amazonaws.com'),
    });
    declareCalls(this, [{ actions: ['sts:AssumeRole'], resources: [publishingRoleArns] }]);
    this.addToPolicy(
      new PolicyStatement({
        sid: 'Publish',
        actions: ['sts:AssumeRole'],
        resources: [publishingRoleArns],
        conditions: { StringEquals: { 'aws:ResourceOrgID': organizationId } },
      }),
    );
  }

  /** Has a pipeline use this role. CDK Pipelines has no prop for it, only a field that it looks into first. */
  useIn(pipeline: CodePipeline): void {
    const roles: unknown = Reflect.get(pipeline, 'assetCodeBuildRoles');
    if (!(roles instanceof Map)) {
      throw new Error(`${Stack.of(this).stackName}: CDK Pipelines keeps the roles that publish assets elsewhere now`);
    }
    roles.set(AssetType.FILE, this);
  }

  /** Called by CDK Pipelines with the publishing role of each account, which the policy above allows already. */
  addAssumeRole(): void {
    return;
  }
}
