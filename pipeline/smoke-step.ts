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
  /** The role that reads who subscribes to the alerts. */
  readonly viewerRoleArn: string;
}

/** Minutes for `npm ci`, and for each run over the sample: the command itself gives up then, and says why. */
const minutes = { installation: 10, run: 10 };
/** Tenants that `crosswind run` runs at a time. */
const sideBySide = 10;

/**
 * Checks that every receiver of alerts has subscribed, then runs the tenants of a wave, side by side, over the sample that came with their deployment, and checks the results;
 * the pipeline ends where one is wrong, before the next wave. The policy has a fixed size: it names the organization, not the accounts.
 */
export const smokeStep = ({
  wave,
  tenants,
  source,
  organizationId,
  runnerRoleArns,
  viewerRoleArn,
}: SmokeStepProps): CodeBuildStep =>
  new CodeBuildStep(`Smoke ${wave}`, {
    input: source,
    installCommands: ['npm ci'],
    // Alarms that nobody receives are found before they are needed.
    commands: [
      'npx crosswind subscriptions',
      `npx crosswind run ${tenants.join(' ')} --wave ${wave} --sample --timeout ${minutes.run}`,
    ],
    timeout: Duration.minutes(minutes.installation + Math.ceil(tenants.length / sideBySide) * minutes.run),
    rolePolicyStatements: [
      new PolicyStatement({
        actions: ['sts:AssumeRole'],
        resources: [runnerRoleArns, viewerRoleArn],
        conditions: { StringEquals: { 'aws:ResourceOrgID': organizationId } },
      }),
    ],
  });
