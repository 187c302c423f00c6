import { randomUUID } from 'node:crypto';
import { type JsonObject, textOf } from '@crosswind/aws/json';
import type { Caller } from '../aws-json/aws-json-service.ts';
import { DeploymentRefused } from '../cloudformation/refusal.ts';
import type { StackCalls } from '../cloudformation/stack-calls.ts';

export interface ChangeSetProps {
  readonly stackName: string;
  /** Template, parameters, role and tags, as `CreateChangeSet` has them. */
  readonly request: JsonObject;
  readonly terminationProtection: boolean;
  /** The stack as it is; undefined if there is none. */
  readonly existing: JsonObject | undefined;
}

/**
 * Deploys a stack by a change set, as the CDK's command line does (aws-cdk-cli, packages/@aws-cdk/toolkit-lib:
 * "deployStack").
 * @returns false if there is nothing to change
 * @throws AwsJsonError or DeploymentRefused
 */
export async function deployChangeSet(calls: StackCalls, caller: Caller, props: ChangeSetProps): Promise<boolean> {
  const { stackName: StackName, request, terminationProtection, existing } = props;
  const changeSet = { StackName, ChangeSetName: `cdk-deploy-${randomUUID()}` };
  await calls.send(caller, 'CreateChangeSet', {
    ...changeSet,
    ChangeSetType: existing && existing['StackStatus'] !== 'REVIEW_IN_PROGRESS' ? 'UPDATE' : 'CREATE',
    Capabilities: ['CAPABILITY_IAM', 'CAPABILITY_NAMED_IAM', 'CAPABILITY_AUTO_EXPAND'],
    ...request,
  });
  if ((existing?.['EnableTerminationProtection'] === true) !== terminationProtection) {
    const EnableTerminationProtection = terminationProtection;
    await calls.send(caller, 'UpdateTerminationProtection', { StackName, EnableTerminationProtection });
  }
  const { Status: status, StatusReason: reason } = await calls.send(caller, 'DescribeChangeSet', changeSet);
  if (status === 'FAILED') {
    await calls.send(caller, 'DeleteChangeSet', changeSet);
    if (/didn't contain changes|No updates are to be performed/.test(textOf(reason ?? ''))) return false;
    throw new DeploymentRefused(
      'ValidationError',
      `Failed to create ChangeSet on ${StackName}: ${textOf(reason ?? '')}`,
    );
  }
  await calls.send(caller, 'ExecuteChangeSet', changeSet);
  await calls.ended(caller, StackName);
  return true;
}
