import type { Resource, Stack } from '@crosswind/assembly/resolve';
import { type Json, type JsonObject, isUnresolved, listOf, textOf } from '@crosswind/aws/json';
import { partitionOf } from '@crosswind/aws/partition';
import type { PolicySource } from '@crosswind/iam/policy-document';
import type { PolicyType } from '@crosswind/iam/statement';
import type { OnlyOnAws } from '../cloudformation/only-on-aws.ts';
import type { OpaqueResources } from '../cloudformation/opaque-resources.ts';
import { DeploymentRefused } from '../cloudformation/refusal.ts';
import type { AttachedPolicy, Identities, Role } from './identities.ts';
import { checkedPolicy } from './policies.ts';

export interface AttachmentPorts {
  readonly identities: Identities;
  readonly opaque: OpaqueResources;
  readonly onlyOnAws: OnlyOnAws;
}

/** Names of the roles that a policy is attached to, by its property `Roles`. */
export const roleNamesIn = ({ properties }: Pick<Resource, 'properties'>): readonly string[] =>
  listOf(properties['Roles']).map(textOf);

/** The role that a policy is attached to; undefined for one outside the assembly, where the policy has no effect here. */
export function roleOf(
  { identities, opaque, onlyOnAws }: AttachmentPorts,
  name: string,
  resource: Resource,
  stack: Stack,
): Role | undefined {
  const { account, region } = stack;
  const role = identities.roleNamed(account, name);
  if (role || isUnresolved(name)) return role;
  const why = onlyOnAws.why('role', `arn:${partitionOf(region)}:iam::${account}:role/${name}`);
  if (why === undefined) throw noSuchRole(name);
  opaque.add(resource, stack, why);
  return undefined;
}

export const noSuchRole = (name: string): DeploymentRefused =>
  new DeploymentRefused('NoSuchEntity', `The role with name ${name} cannot be found.`);

/** An inline policy as a template writes it: `PolicyName` and `PolicyDocument`. */
export function inlinePolicy(role: string, { PolicyName, PolicyDocument }: JsonObject): AttachedPolicy {
  const inlineName = textOf(PolicyName);
  return { ...iamPolicy(`policy ${inlineName} of role ${role}`, PolicyDocument, 'identity'), inlineName };
}

export const iamPolicy = (name: string, document: Json | undefined, type: PolicyType): PolicySource =>
  checkedPolicy('MalformedPolicyDocument', name, document, type);

/** PutRolePolicy and AttachRolePolicy: a policy of the same name or ARN is replaced. */
export function attach({ policies }: Role, policy: AttachedPolicy): void {
  const { inlineName, managedArn } = policy;
  const at = policies.findIndex((its) => its.inlineName === inlineName && its.managedArn === managedArn);
  policies.splice(at < 0 ? policies.length : at, 1, policy);
}

/** DeleteRolePolicy and DetachRolePolicy; a policy that is gone already is no error. */
export function detach(role: Role | undefined, of: Pick<AttachedPolicy, 'inlineName' | 'managedArn'>): void {
  const policies = role?.policies ?? [];
  const at = policies.findIndex((its) => its.inlineName === of.inlineName && its.managedArn === of.managedArn);
  if (at >= 0) policies.splice(at, 1);
}
