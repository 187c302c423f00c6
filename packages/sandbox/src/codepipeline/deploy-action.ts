import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { textOf } from '@crosswind/aws/json';
import { AwsJsonError } from '../aws-json/aws-json-error.ts';
import { StackCalls } from '../cloudformation/stack-calls.ts';
import { DeploymentRefused } from '../cloudformation/refusal.ts';
import type { RolePrincipal } from '../iam/sessions.ts';
import type { Artifacts } from './artifacts.ts';
import type { PipelineAction } from '@crosswind/assembly/pipelines';

/** Keys of its configuration that it honors. */
const honored: ReadonlySet<string> = new Set(['ActionMode', 'Capabilities', 'RoleArn', 'StackName', 'TemplatePath']);

/**
 * A CloudFormation action: creates a stack or updates it (CodePipeline User Guide: "AWS CloudFormation deploy action
 * reference", CREATE_UPDATE).
 * @param actor the session of the action's role
 * @returns what it did
 */
export async function deployAction(
  calls: StackCalls,
  artifacts: Artifacts,
  action: PipelineAction,
  actor: RolePrincipal,
): Promise<string> {
  const { region, configuration } = action;
  const unknown = Object.keys(configuration).find((key) => !honored.has(key));
  if (unknown !== undefined) {
    throw new DeploymentRefused('NotSupported', `the sandbox does not play ${unknown} of a CloudFormation action`);
  }
  const { ActionMode, StackName, TemplatePath, RoleArn, Capabilities } = configuration;
  if (ActionMode !== 'CREATE_UPDATE') {
    throw new DeploymentRefused('NotSupported', `the sandbox plays CREATE_UPDATE only, got ${textOf(ActionMode)}`);
  }
  const [artifact = '', path = ''] = textOf(TemplatePath).split('::');
  const directory = await artifacts.read(actor, artifact, region);
  const caller = { principal: actor, region };
  // CodePipeline hands over templates of any size that CloudFormation takes.
  const handing = new StackCalls({ ...calls.api, longestBody: 1_000_000 });
  const request = {
    StackName: textOf(StackName),
    TemplateBody: readFileSync(join(directory, path), 'utf8'),
    Capabilities: textOf(Capabilities ?? '').split(','),
    ...(RoleArn !== undefined && { RoleARN: textOf(RoleArn) }),
  };
  const existing = await handing.describe(caller, request.StackName);
  try {
    await handing.send(caller, existing ? 'UpdateStack' : 'CreateStack', request);
  } catch (error) {
    if (error instanceof AwsJsonError && error.message === 'No updates are to be performed.') return 'no changes';
    throw error;
  }
  await handing.ended(caller, request.StackName);
  return existing ? 'updated' : 'created';
}
