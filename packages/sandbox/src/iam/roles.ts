import type { Resource, Stack } from '@crosswind/assembly/resolve';
import { isObject, type Json, type JsonObject, listOf, textOf, isUnresolved } from '@crosswind/aws/json';
import { managedPolicy } from '@crosswind/aws/managed-policies';
import { partitionOf } from '@crosswind/aws/partition';
import { type PolicyDocument, type PolicySource } from '@crosswind/iam/policy-document';
import { type PolicyType, unknownPolicy } from '@crosswind/iam/statement';
import type { OnlyOnAws } from '../cloudformation/only-on-aws.ts';
import type { OpaqueResources } from '../cloudformation/opaque-resources.ts';
import { DeploymentRefused, taken } from '../cloudformation/refusal.ts';
import type { SandboxService } from '../service.ts';
import type { Identities, Role } from './identities.ts';
import { checkedPolicy } from './policies.ts';

export interface RolesPorts {
  readonly identities: Identities;
  readonly opaque: OpaqueResources;
  readonly onlyOnAws: OnlyOnAws;
}

/** IAM: roles and the policies that are attached to them. */
export const iam = (ports: RolesPorts): SandboxService => ({
  resources: {
    'AWS::IAM::Role': (resource, stack) => {
      createRole(ports, resource, stack);
    },
    'AWS::IAM::Policy': (resource, stack) => {
      const { properties } = resource;
      for (const name of listOf(properties['Roles']).map(textOf)) {
        attach(ports, name, rolePolicy(name, properties), resource, stack);
      }
    },
    'AWS::IAM::ManagedPolicy': (resource, stack) => {
      const { name, arn = '', properties } = resource;
      const policy = iamPolicy(`managed policy ${name}`, properties['PolicyDocument'], 'identity');
      ports.identities.addManagedPolicy(arn, policy);
      for (const role of listOf(properties['Roles']).map(textOf)) attach(ports, role, policy, resource, stack);
    },
  },
});

function createRole({ identities, opaque, onlyOnAws }: RolesPorts, resource: Resource, stack: Stack): void {
  const { arn = '', name, properties } = resource;
  if (identities.role(arn)) {
    if (isUnresolved(arn) || resource.mayBeAbsent) return;
    throw taken('EntityAlreadyExists', 'Role with name', name);
  }
  const trust = iamPolicy(`trust policy of ${name}`, properties['AssumeRolePolicyDocument'], 'resource').document;
  for (const principal of rolesNamedBy(trust)) {
    if (identities.role(principal) || onlyOnAws.why('role', principal) !== undefined) continue;
    throw new DeploymentRefused('MalformedPolicyDocument', `Invalid principal in policy: "AWS":"${principal}"`);
  }
  const { PermissionsBoundary: boundary, ManagedPolicyArns: managed } = properties;
  const attached = listOf(managed).map((policy) => managedPolicyAt(identities, 'managed policy', textOf(policy)));
  const limit =
    boundary === undefined ? undefined : managedPolicyAt(identities, 'permissions boundary', textOf(boundary));
  for (const policy of [...attached, ...(limit ? [limit] : [])]) {
    if (policy.isUnknown && !isUnresolved(policy.name))
      opaque.add(resource, stack, `the sandbox does not know the statements of ${policy.name}`);
  }
  const role = identities.addRole({ arn, name, account: stack.account, trust, boundary: limit });
  role.policies.push(
    ...attached,
    ...listOf(properties['Policies'])
      .filter(isObject)
      .map((policy) => rolePolicy(name, policy)),
  );
}

/** AWS managed policies for service-linked roles. */
const SERVICE_LINKED = /^arn:[^:]+:iam::aws:policy\/aws-service-role\//;

/** A managed policy of the account or of AWS, in its use by a role; an unknown one if its statements are not known. */
function managedPolicyAt(
  identities: Identities,
  use: 'managed policy' | 'permissions boundary',
  arn: string,
): PolicySource {
  const ofAws = managedPolicy(arn);
  if (SERVICE_LINKED.test(arn))
    throw new DeploymentRefused('PolicyNotAttachable', 'Cannot attach a Service Role Policy to a Customer Role.');
  if (ofAws) return { name: `${use} ${arn.split('/').at(-1) ?? ''}`, document: ofAws };
  return identities.managedPolicy(arn) ?? unknownPolicy(`the ${use} ${arn}`, 'identity');
}

/** Roles that a trust policy names; IAM resolves them when the policy is written, and refuses those it does not find. */
function rolesNamedBy(trust: PolicyDocument): readonly string[] {
  return [trust.Statement]
    .flat()
    .flatMap(({ Principal }) => (typeof Principal === 'object' ? [Principal['AWS'] ?? []].flat() : []))
    .filter((principal) => /^arn:[^:]+:iam::\d{12}:role\//.test(principal) && !isUnresolved(principal));
}

/** Attaches the policy of a resource to a role; that of a role outside the assembly has no effect here. */
function attach(
  { identities, opaque, onlyOnAws }: RolesPorts,
  name: string,
  policy: PolicySource,
  resource: Resource,
  stack: Stack,
): void {
  const { account, region } = stack;
  const role: Role | undefined = identities.roleNamed(account, name);
  if (role) role.policies.push(policy);
  if (role || isUnresolved(name)) return;
  const why = onlyOnAws.why('role', `arn:${partitionOf(region)}:iam::${account}:role/${name}`);
  if (why === undefined) throw new DeploymentRefused('NoSuchEntity', `The role with name ${name} cannot be found.`);
  opaque.add(resource, stack, why);
}

const rolePolicy = (role: string, { PolicyName, PolicyDocument }: JsonObject): PolicySource =>
  iamPolicy(`policy ${textOf(PolicyName)} of role ${role}`, PolicyDocument, 'identity');

const iamPolicy = (name: string, document: Json | undefined, type: PolicyType): PolicySource =>
  checkedPolicy('MalformedPolicyDocument', name, document, type);
