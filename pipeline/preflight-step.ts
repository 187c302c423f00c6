import { Duration, Stack } from 'aws-cdk-lib/core';
import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { CodeBuildStep, type IFileSetProducer } from 'aws-cdk-lib/pipelines';
import type { Construct } from 'constructs';
import { declareCalls } from '../blocks/baseline/declare-calls.ts';
import { accountRoleNames, pipelineRoleNames } from '../config/role-names.ts';

export interface PreflightStepProps {
  readonly organizationId: string;
  /** The repository, which holds the command. */
  readonly source: IFileSetProducer;
  /** The cloud assembly that the push deploys. */
  readonly assembly: IFileSetProducer;
}

/** Directory of the assembly in the build. */
const assemblyDirectory = 'cdk.out';

/** Minutes for `npm ci` and the command. */
const minutes = 20;

/** Finds out what would stop the push in an account, before anything is deployed to one. */
export function preflightStep(
  scope: Construct,
  { organizationId, source, assembly }: PreflightStepProps,
): CodeBuildStep {
  const role = new Role(scope, 'PreflightRole', {
    roleName: pipelineRoleNames.preflight,
    assumedBy: new ServicePrincipal('codebuild.amazonaws.com'),
  });
  const viewers = `arn:${Stack.of(scope).partition}:iam::*:role/${accountRoleNames.viewer}`;
  role.addToPolicy(
    new PolicyStatement({
      sid: 'View',
      actions: ['sts:AssumeRole'],
      resources: [viewers],
      conditions: { StringEquals: { 'aws:ResourceOrgID': organizationId } },
    }),
  );
  declareCalls(role, [{ actions: ['sts:AssumeRole'], resources: [viewers] }]);
  return new CodeBuildStep('Preflight', {
    input: source,
    additionalInputs: { [assemblyDirectory]: assembly },
    installCommands: ['npm ci'],
    commands: [`npx crosswind preflight --assembly ${assemblyDirectory}`],
    timeout: Duration.minutes(minutes),
    role,
  });
}
