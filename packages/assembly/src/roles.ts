import type { Resource, Stack } from './resolve.ts';
import { type JsonObject, isObject, listOf, objectOf, textOf } from '@crosswind/aws/json';

/** A policy document and what it is called. */
export interface NamedDocument {
  readonly name: string;
  readonly document: JsonObject;
}

/** A role of the assembly with everything that is attached to it. */
export interface RoleResource {
  readonly name: string;
  readonly arn: string;
  readonly account: string;
  readonly trust: JsonObject;
  readonly policies: readonly NamedDocument[];
}

/** The roles of a stack; throws for a managed policy that the assembly does not hold. */
export function rolesOf(stack: Stack): readonly RoleResource[] {
  return stack.resources.filter(({ type }) => type === 'AWS::IAM::Role').map((role) => toRole(stack, role));
}

/** The role that a resource of the stack describes; throws for a managed policy that the assembly does not hold. */
export function toRole(stack: Stack, role: Resource): RoleResource {
  return {
    name: role.name,
    arn: role.arn ?? '',
    account: stack.account,
    trust: objectOf(role.properties['AssumeRolePolicyDocument']),
    policies: [...inlinePolicies(role), ...attachedPolicies(stack, role), ...managedPolicies(stack, role)],
  };
}

function inlinePolicies({ properties }: Resource): readonly NamedDocument[] {
  return listOf(properties['Policies'])
    .filter(isObject)
    .map((policy) => ({ name: textOf(policy['PolicyName']), document: objectOf(policy['PolicyDocument']) }));
}

function attachedPolicies(stack: Stack, role: Resource): readonly NamedDocument[] {
  return stack.resources
    .filter(({ type, properties }) => type === 'AWS::IAM::Policy' && listOf(properties['Roles']).includes(role.name))
    .map(({ properties }) => ({
      name: textOf(properties['PolicyName']),
      document: objectOf(properties['PolicyDocument']),
    }));
}

function managedPolicies(stack: Stack, role: Resource): readonly NamedDocument[] {
  const attached = listOf(role.properties['ManagedPolicyArns']).map(textOf);
  const own = stack.resources.filter(({ type }) => type === 'AWS::IAM::ManagedPolicy');
  const fromRole = attached.map((arn) => {
    const policy = own.find((candidate) => candidate.arn === arn);
    if (!policy)
      throw new Error(`${role.path} uses the managed policy ${arn}, whose statements are not in the assembly`);
    return policy;
  });
  const fromPolicy = own.filter(({ properties }) => listOf(properties['Roles']).includes(role.name));
  return [...new Set([...fromRole, ...fromPolicy])].map(({ name, properties }) => ({
    name,
    document: objectOf(properties['PolicyDocument']),
  }));
}
