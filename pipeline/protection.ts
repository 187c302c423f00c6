import { Duration, Stack } from 'aws-cdk-lib/core';
import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { CodeBuildStep, type IFileSetProducer } from 'aws-cdk-lib/pipelines';
import { Construct } from 'constructs';
import { declareCalls } from '../blocks/baseline/declare-calls.ts';
import { accountRoleNames, pipelineRoleNames } from '../config/role-names.ts';

export interface ProtectionProps {
  readonly organizationId: string;
  /** The repository, which holds the command. */
  readonly source: IFileSetProducer;
}

/** Minutes for `npm ci` and the command. */
const minutes = 20;

/**
 * Steps that switch on the termination protection of what a stage has deployed: CodePipeline ignores the property of a
 * stack. They share a role that may assume the protector of each account, and nothing else.
 */
export class Protection extends Construct {
  readonly #props: ProtectionProps;
  readonly #role: Role;

  constructor(scope: Construct, id: string, props: ProtectionProps) {
    super(scope, id);
    this.#props = props;
    this.#role = new Role(this, 'Role', {
      roleName: pipelineRoleNames.protection,
      assumedBy: new ServicePrincipal('codebuild.amazonaws.com'),
    });
    const protectors = `arn:${Stack.of(this).partition}:iam::*:role/${accountRoleNames.protector}`;
    declareCalls(this.#role, [{ actions: ['sts:AssumeRole'], resources: [protectors] }]);
    this.#role.addToPolicy(
      new PolicyStatement({
        sid: 'Protect',
        actions: ['sts:AssumeRole'],
        resources: [protectors],
        conditions: { StringEquals: { 'aws:ResourceOrgID': props.organizationId } },
      }),
    );
  }

  /** The step after a stage of the pipeline. */
  stepAfter(stage: string): CodeBuildStep {
    return new CodeBuildStep(`Protect ${stage}`, {
      input: this.#props.source,
      installCommands: ['npm ci'],
      commands: [`npx crosswind protect ${stage}`],
      timeout: Duration.minutes(minutes),
      role: this.#role,
    });
  }
}
