import {
  CloudFormationClient,
  DescribeStacksCommand,
  UpdateTerminationProtectionCommand,
} from '@aws-sdk/client-cloudformation';
import type { PlacedStack } from '../../config/deployed-stacks.ts';
import { accountRoleNames, pipelineRoleNames } from '../../config/role-names.ts';
import { awsFailure, firstLine } from '../../onboarding/aws-failure.ts';
import type { AwsAccess } from '../io.ts';
import { assuming, roleArnOf } from './assumed-credentials.ts';

/** A stack with the outcome of its protection. */
export type ProtectedStack = PlacedStack & {
  readonly result: 'protected' | 'was protected' | 'failed';
  /** Why it failed, and what to do. */
  readonly error?: string;
};

export interface ProtectProps {
  readonly pipelineAccount: string;
  readonly aws?: AwsAccess;
}

/** Switches on the termination protection of a stack that has none, as the protector of its account. */
export async function protectStack(
  stack: PlacedStack,
  { pipelineAccount, aws }: ProtectProps,
): Promise<ProtectedStack> {
  const role = accountRoleNames.protector;
  const client = new CloudFormationClient(assuming({ ...stack, role, session: 'crosswind-protect' }, aws));
  try {
    const { Stacks = [] } = await client.send(new DescribeStacksCommand({ StackName: stack.name }));
    if (Stacks[0]?.EnableTerminationProtection === true) return { ...stack, result: 'was protected' };
    const request = { StackName: stack.name, EnableTerminationProtection: true };
    await client.send(new UpdateTerminationProtectionCommand(request));
    return { ...stack, result: 'protected' };
  } catch (error) {
    const reason = reasonOf(error, stack, pipelineAccount);
    if (reason === undefined) throw error;
    const { name, account, region } = stack;
    return { ...stack, result: 'failed', error: `${name} in account ${account}, ${region}: ${reason}` };
  } finally {
    client.destroy();
  }
}

/** Why a stack is not protected, and what to do; undefined for failures that are nobody's setting. */
function reasonOf(error: unknown, { account, region }: PlacedStack, pipelineAccount: string): string | undefined {
  if (!(error instanceof Error)) return undefined;
  const roleArn = roleArnOf({ account, region, role: accountRoleNames.protector });
  const caller = `role/${pipelineRoleNames.protection} of account ${pipelineAccount}`;
  if (error.name === 'AccessDenied' || error.name === 'AccessDeniedException') {
    return [
      firstLine(error),
      `expected that ${roleArn} trusts ${caller} and may call cloudformation:DescribeStacks and cloudformation:UpdateTerminationProtection on this stack; the account's baseline creates that role: deploy the baseline there`,
    ].join('\n');
  }
  if (error.name === 'ValidationError') {
    return `${firstLine(error)}\nit is there once the pipeline has deployed it; docs/runbooks/stack-failed.md says what to do where that failed`;
  }
  return awsFailure(error, {
    service: 'CloudFormation',
    credentials: caller,
    actions: `sts:AssumeRole on ${roleArn}`,
  });
}
