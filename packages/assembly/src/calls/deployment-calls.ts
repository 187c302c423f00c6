import { accountOf } from '@crosswind/aws/arn';
import { type ChangingResource, deploymentActions, deploymentCalls, type Existing } from '@crosswind/aws/deployment';
import { type JsonObject, textOf } from '@crosswind/aws/json';
import { partitionOf } from '@crosswind/aws/partition';
import { resourceType } from '@crosswind/aws/resource-types';
import { pipelineOf } from '../pipelines.ts';
import type { Resource, Stack } from '../resolve.ts';
import type { PlannedCall } from './planned-call.ts';

/** Operations of CloudFormation on a resource, as causes name them. */
const deploymentParts = {
  create: 'creation by CloudFormation',
  update: 'update by CloudFormation',
  delete: 'deletion by CloudFormation',
} as const;

const partsOfDeployments = new Set<string>(Object.values(deploymentParts));

/** True for a call that CloudFormation makes for a resource, as an execution role. */
export const isOfDeployment = ({ by }: Pick<PlannedCall, 'by'>): boolean => partsOfDeployments.has(by.part);

/** True for a call that CloudFormation makes to delete a resource. */
export const isOfDeletion = ({ by }: Pick<PlannedCall, 'by'>): boolean => by.part === deploymentParts.delete;

/**
 * Calls of CloudFormation that create, change and delete each resource of the stacks, as the execution role that the action
 * of the pipeline passes. A stack that no action deploys has the role of its artifact.
 * @param others stacks that are deployed by others, with the execution roles
 */
export function cloudFormationCalls(stacks: readonly Stack[], others: readonly Stack[]): readonly PlannedCall[] {
  const roleOf = executionRoles(stacks);
  const existing = existingRoles([...others, ...stacks]);
  return stacks.flatMap((stack) => {
    const role = roleOf(stack);
    if (role === '') return [];
    // What a role may that no stack makes is not known, and its one finding is that nothing trusts CloudFormation.
    const calls = existing(role) ? stack.resources.flatMap((each) => callsFor(stack, each, role, existing)) : [];
    return [assumption(stack, role), ...calls];
  });
}

/** The execution role of a stack; empty if CloudFormation deploys it with the session of its caller. */
function executionRoles(stacks: readonly Stack[]): (stack: Stack) => string {
  const passed = new Map(
    stacks.flatMap(({ resources, account, region }) =>
      resources
        .filter(({ type }) => type === 'AWS::CodePipeline::Pipeline')
        .flatMap(({ name, properties }) => pipelineOf(name, account, region, properties).stages)
        .flatMap(({ actions }) => actions)
        .filter(({ provider }) => provider === 'CloudFormation')
        .map((action): [string, string] => {
          const role = textOf(action.configuration['RoleArn']);
          const target = accountOf(role) || accountOf(action.roleArn ?? '') || account;
          return [place(target, action.region, textOf(action.configuration['StackName'])), role];
        }),
    ),
  );
  return ({ account, region, name, deployment }) =>
    passed.get(place(account, region, name)) ?? deployment?.executionRoleArn ?? '';
}

const place = (...parts: readonly string[]): string => parts.join(' ');

/** Boundaries and tags of the roles of the stacks, by their ARN with or without its path. */
function existingRoles(stacks: readonly Stack[]): (arn: string) => Existing | undefined {
  const roles = new Map(
    stacks.flatMap(({ resources }) =>
      resources
        .filter(({ type }) => type === 'AWS::IAM::Role')
        .flatMap(({ arn = '', properties }): readonly (readonly [string, Existing])[] => {
          const role = { arn, boundary: textOf(properties['PermissionsBoundary']) };
          return [
            [arn, role],
            [arn.replace(/:role\/.*\//, ':role/'), role],
          ];
        }),
    ),
  );
  return (arn) => roles.get(arn);
}

function assumption(stack: Stack, role: string): PlannedCall {
  return {
    caller: { kind: 'service', service: 'cloudformation.amazonaws.com' },
    action: 'sts:AssumeRole',
    resource: role,
    resourceAccount: accountOf(role),
    context: {},
    by: { path: stack.path, part: 'execution role' },
  };
}

function callsFor(
  stack: Stack,
  resource: Resource,
  role: string,
  existing: ChangingResource['existing'],
): readonly PlannedCall[] {
  const { account, region } = stack;
  const { type, path, properties } = resource;
  const call = (part: string, action: string, on: string, keys: PlannedCall['context']): PlannedCall => ({
    caller: { kind: 'role', arn: role },
    action,
    resource: on,
    resourceAccount: on === '*' ? account : accountOf(on) || account,
    context: { 'aws:RequestedRegion': region, ...keys },
    by: { path, part },
  });
  const changing: ChangingResource = {
    ...{
      partition: partitionOf(region),
      account,
      region,
      name: resource.name,
      arn: resource.arn,
      properties,
      existing,
    },
    tags: stack.deployment?.tags,
  };
  const kept = lasting(type, properties);
  const calls = [
    ['create', deploymentCalls(type, 'create', changing)],
    // Every property may be new, and every one may go.
    ['update', deploymentCalls(type, 'update', { ...changing, before: kept, tagsBefore: {} })],
    ['update', deploymentCalls(type, 'update', { ...changing, properties: kept, before: properties, tags: {} })],
    ['delete', isRetained(stack, resource) ? [] : deploymentCalls(type, 'delete', changing)],
  ] as const;
  if (calls.some(([, known]) => known === undefined)) {
    return deploymentActions(type).map((action) => ({
      ...call(deploymentParts.create, action, '*', {}),
      doubt: `which calls CloudFormation makes for ${type} is not known here: add the type to packages/aws/src/deployment, with its sources`,
    }));
  }
  const made = new Map<string, PlannedCall>();
  for (const [operation, each = []] of calls) {
    for (const { action, resource: on, keys } of each) {
      const text = JSON.stringify([action, on, keys]);
      if (!made.has(text)) made.set(text, call(deploymentParts[operation], action, on, keys));
    }
  }
  return [...made.values()];
}

/**
 * Properties that an update leaves as they are: those whose change makes another resource, and those on which permissions
 * depend, tags and the boundary of a role.
 */
function lasting(type: string, properties: JsonObject): JsonObject {
  const kept = [...(resourceType(type)?.replaces ?? []), 'PermissionsBoundary', 'ServiceToken', 'Tags'];
  return Object.fromEntries(Object.entries(properties).filter(([key]) => kept.includes(key)));
}

const isRetained = ({ template }: Stack, { logicalId }: Resource): boolean =>
  template.Resources[logicalId]?.DeletionPolicy?.startsWith('Retain') === true;
