import type { JsonObject } from '@crosswind/aws/json';
import type { Caller } from '../aws-json/aws-json-service.ts';
import type { StackCalls } from '../cloudformation/stack-calls.ts';
import { deployChangeSet } from './change-set.ts';

export interface DeployTemplateProps {
  readonly stackName: string;
  /** Text of the template. */
  readonly template: string;
  /** Values by the name of the parameter; others keep theirs, or have their default. */
  readonly parameters: Readonly<Record<string, string>>;
  readonly terminationProtection: boolean;
}

/**
 * Deploys a template as `aws cloudformation deploy` does (aws-cli, awscli/customizations/cloudformation/deployer.py).
 * @returns the stack
 * @throws AwsJsonError or DeploymentRefused
 */
export async function deployTemplate(
  calls: StackCalls,
  caller: Caller,
  { stackName, template, parameters, terminationProtection }: DeployTemplateProps,
): Promise<JsonObject> {
  const existing = await calls.describe(caller, stackName);
  const given = Object.entries(parameters).map(([ParameterKey, ParameterValue]) => ({ ParameterKey, ParameterValue }));
  await deployChangeSet(calls, caller, {
    stackName,
    request: { TemplateBody: template, Parameters: given },
    terminationProtection,
    existing,
  });
  return (await calls.describe(caller, stackName)) ?? {};
}
