import { Duration } from 'aws-cdk-lib/core';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { CodeBuildStep, type IFileSetProducer } from 'aws-cdk-lib/pipelines';

export interface SmokeStepProps {
  readonly wave: string;
  /** Tenants that the wave has deployed. */
  readonly tenants: readonly string[];
  /** The repository, which holds the command. */
  readonly source: IFileSetProducer;
  readonly organizationId: string;
  /** ARN pattern of the roles that run workflows, in any account. */
  readonly runnerRoleArns: string;
}

/** Minutes for `npm ci`, and for each run over the sample: the command itself gives up then, and says why. */
const minutes = { installation: 10, run: 10 };

/**
 * Runs each tenant of a wave over the sample that its deployment brought along and checks the result; the pipeline ends
 * where one is wrong, before the next wave. The policy has a fixed size: it names the organization, not the accounts.
 */
export const smokeStep = ({ wave, tenants, source, organizationId, runnerRoleArns }: SmokeStepProps): CodeBuildStep =>
  new CodeBuildStep(`Smoke ${wave}`, {
    input: source,
    installCommands: ['npm ci'],
    commands: tenants.map((tenant) => `npx crosswind run ${tenant} --wave ${wave} --sample`),
    timeout: Duration.minutes(minutes.installation + tenants.length * minutes.run),
    rolePolicyStatements: [
      new PolicyStatement({
        actions: ['sts:AssumeRole'],
        resources: [runnerRoleArns],
        conditions: { StringEquals: { 'aws:ResourceOrgID': organizationId } },
      }),
    ],
  });
