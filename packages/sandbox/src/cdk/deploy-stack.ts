import type { AssembledStack } from '@crosswind/assembly/read-assembly';
import { type JsonObject, listOf, objectOf, textOf } from '@crosswind/aws/json';
import { partitionOf } from '@crosswind/aws/partition';
import { AwsJsonError } from '../aws-json/aws-json-error.ts';
import type { Caller } from '../aws-json/aws-json-service.ts';
import { permit } from '../aws-json/permit.ts';
import type { StackCalls } from '../cloudformation/stack-calls.ts';
import type { RolePrincipal } from '../iam/sessions.ts';
import { assetsIn } from './asset-manifest.ts';
import { assumedOrSelf } from './assumed-or-self.ts';
import { deployChangeSet } from './change-set.ts';
import { publishFile } from './publish-file.ts';

/**
 * Deploys a stack as `cdk deploy` does: assets with the publishing role, then a change set with the deploy role, which
 * hands CloudFormation the execution role.
 * @returns false if there is nothing to change
 * @throws AwsJsonError, S3Error or DeploymentRefused as the command line would report it
 */
export async function deployStack(calls: StackCalls, caller: RolePrincipal, stack: AssembledStack): Promise<boolean> {
  const { sessions } = calls.api;
  const { name, account, region, deployment } = stack;
  const roleArn = deployment?.deployRoleArn;
  const principal = assumedOrSelf(sessions, caller, { roleArn, account, sessionName: 'aws-cdk' });
  const deployer: Caller = { principal, region };
  if (deployment?.bootstrapVersionParameter !== undefined) {
    const parameter = deployment.bootstrapVersionParameter.replace(/^\//, '');
    const arn = `arn:${partitionOf(region)}:ssm:${region}:${account}:parameter/${parameter}`;
    permit(calls.api.authorize, deployer, 'ssm:GetParameter', arn);
  }
  for (const asset of deployment?.assetManifest === undefined ? [] : assetsIn(deployment.assetManifest)) {
    for (const destination of asset.destinations) {
      const { roleArn } = destination;
      const publisher = assumedOrSelf(sessions, caller, { roleArn, account, sessionName: 'cdk-assets' });
      await publishFile(calls.api, publisher, asset, { ...destination, roleArn: undefined });
    }
  }
  const existing = await withoutFailedCreation(calls, deployer, name);
  if (existing && (await isSame(calls, deployer, stack, existing))) return false;
  return deployChangeSet(calls, deployer, {
    stackName: name,
    request: {
      ...templateOf(stack),
      ...(deployment?.executionRoleArn !== undefined && { RoleARN: deployment.executionRoleArn }),
      Tags: tagsOf(deployment?.tags ?? {}),
    },
    terminationProtection: deployment?.terminationProtection ?? false,
    existing,
  });
}

/** The stack as it is; one whose creation failed is deleted first. */
async function withoutFailedCreation(
  calls: StackCalls,
  deployer: Caller,
  name: string,
): Promise<JsonObject | undefined> {
  const existing = await calls.describe(deployer, name);
  if (!/^ROLLBACK_(COMPLETE|FAILED)$/.test(textOf(existing?.['StackStatus'] ?? ''))) return existing;
  await calls.send(deployer, 'DeleteStack', { StackName: name });
  await calls.api.cloudFormation.settled();
  return calls.describe(deployer, name);
}

/** True if what is deployed is what is wanted, so that the command line asks for no change set ("canSkipDeploy"). */
async function isSame(
  calls: StackCalls,
  deployer: Caller,
  { name, template, deployment }: AssembledStack,
  { StackStatus, EnableTerminationProtection, Tags }: JsonObject,
): Promise<boolean> {
  if (textOf(StackStatus).endsWith('FAILED')) return false;
  if ((EnableTerminationProtection === true) !== (deployment?.terminationProtection ?? false)) return false;
  if (JSON.stringify(listOf(Tags)) !== JSON.stringify(tagsOf(deployment?.tags ?? {}))) return false;
  const { TemplateBody: body } = await calls.send(deployer, 'GetTemplate', {
    StackName: name,
    TemplateStage: 'Original',
  });
  const deployed = typeof body === 'string' ? (JSON.parse(body) as JsonObject) : objectOf(body);
  return JSON.stringify(deployed) === JSON.stringify(template);
}

/** The template as a request names it: where it was published, else its text. */
function templateOf({ template, region, deployment }: AssembledStack): JsonObject {
  if (deployment?.templateUrl === undefined) return { TemplateBody: JSON.stringify(template) };
  const [, bucket = '', key = ''] = /^s3:\/\/([^/]+)\/(.+)$/.exec(deployment.templateUrl) ?? [];
  if (bucket === '') throw new AwsJsonError('ValidationError', 'TemplateURL must be a supported URL.');
  return { TemplateURL: `https://s3.${region}.amazonaws.com/${bucket}/${key}` };
}

const tagsOf = (tags: Readonly<Record<string, string>>): readonly JsonObject[] =>
  Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));
