import type { Caller } from '../aws-json/aws-json-service.ts';
import type { StackCalls } from '../cloudformation/stack-calls.ts';
import { deployChangeSet } from './change-set.ts';

/** Options of `cdk bootstrap`. */
export interface BootstrapProps {
  /** The template that the CDK's command line brings along. */
  readonly template: string;
  readonly qualifier: string;
  readonly toolkitStackName: string;
  /** Accounts that may deploy and publish assets. */
  readonly trust: readonly string[];
  /** ARNs of the managed policies of the execution role. */
  readonly executionPolicies: readonly string[];
  readonly terminationProtection: boolean;
}

/**
 * Makes an account ready for the CDK in a region, as `cdk bootstrap` does with these options
 * (aws-cdk-cli, packages/@aws-cdk/toolkit-lib: "Bootstrapper.modernBootstrap").
 * @returns false if it is ready already
 * @throws AwsJsonError or DeploymentRefused
 */
export async function bootstrap(calls: StackCalls, caller: Caller, props: BootstrapProps): Promise<boolean> {
  const { toolkitStackName: stackName, template, terminationProtection } = props;
  const existing = await calls.describe(caller, stackName);
  const parameters = {
    FileAssetsBucketKmsKeyId: 'AWS_MANAGED_KEY',
    TrustedAccounts: props.trust.join(','),
    TrustedAccountsForLookup: '',
    CloudFormationExecutionPolicies: props.executionPolicies.join(','),
    Qualifier: props.qualifier,
    PublicAccessBlockConfiguration: 'true',
    InputPermissionsBoundary: '',
  };
  const Parameters = Object.entries(parameters).map(([ParameterKey, ParameterValue]) => ({
    ParameterKey,
    ParameterValue,
  }));
  return deployChangeSet(calls, caller, {
    stackName,
    request: { TemplateBody: template, Parameters },
    terminationProtection,
    existing,
  });
}
