import type { Resource, Stack } from '@crosswind/assembly/resolve';
import { isObject, isUnresolved, type JsonObject, listOf, textOf } from '@crosswind/aws/json';
import { managedPolicy } from '@crosswind/aws/managed-policies';
import type { PolicyDocument } from '@crosswind/iam/policy-document';
import { unknownPolicy } from '@crosswind/iam/statement';
import { DeploymentRefused, taken } from '../cloudformation/refusal.ts';
import { liveProperties } from '../live-properties.ts';
import type { ResourceHandler } from '../service.ts';
import {
  attach,
  type AttachmentPorts,
  detach,
  iamPolicy,
  inlinePolicy,
  noSuchRole,
  roleNamesIn,
} from './attachments.ts';
import type { AttachedPolicy, Identities, Role, RoleChange } from './identities.ts';

/** `AWS::IAM::Role`. */
export const roles = (ports: AttachmentPorts): ResourceHandler => ({
  create: (resource, stack) => {
    const { arn = '', name, mayBeAbsent } = resource;
    const { identities } = ports;
    if (identities.role(arn)) {
      if (isUnresolved(arn) || mayBeAbsent) return;
      throw taken('EntityAlreadyExists', 'Role with name', name);
    }
    const { change, policies } = described(ports, resource, stack);
    identities.addRole({ arn, name, account: stack.account, ...change }).policies.push(...policies);
  },
  update: (resource, before, stack) => {
    const role = ports.identities.role(resource.arn ?? '');
    if (!role) throw noSuchRole(resource.name);
    const { change, policies } = described(ports, resource, stack);
    ports.identities.changeRole(role, change);
    for (const policy of policies) attach(role, policy);
    for (const old of ownPolicies(before)) {
      if (!policies.some((its) => its.inlineName === old.inlineName && its.managedArn === old.managedArn)) {
        detach(role, old);
      }
    }
  },
  delete: (resource) => {
    const role = ports.identities.role(resource.arn ?? '');
    if (!role) return;
    refuseForeign(role, resource);
    ports.identities.removeRole(role.arn);
  },
  read: (resource, stack) => {
    const role = ports.identities.role(resource.arn ?? '');
    return role && liveRole(role, stack);
  },
});

/** The role that a resource describes, as far as it can be decided; refuses what IAM refuses. */
function described(ports: AttachmentPorts, resource: Resource, stack: Stack) {
  const { identities, opaque, onlyOnAws } = ports;
  const { name, properties } = resource;
  const trust = iamPolicy(`trust policy of ${name}`, properties['AssumeRolePolicyDocument'], 'resource').document;
  for (const principal of rolesNamedBy(trust)) {
    if (identities.role(principal) || onlyOnAws.why('role', principal) !== undefined) continue;
    throw new DeploymentRefused('MalformedPolicyDocument', `Invalid principal in policy: "AWS":"${principal}"`);
  }
  const { PermissionsBoundary: limit, ManagedPolicyArns: managed, Description, MaxSessionDuration, Tags } = properties;
  const attached = listOf(managed).map((policy) => managedPolicyAt(identities, 'managed policy', textOf(policy)));
  const boundary = limit === undefined ? undefined : managedPolicyAt(identities, 'permissions boundary', textOf(limit));
  for (const policy of [...attached, ...(boundary ? [boundary] : [])]) {
    if (policy.isUnknown && !isUnresolved(policy.name))
      opaque.add(resource, stack, `the sandbox does not know the statements of ${policy.name}`);
  }
  const { Path, RoleName } = properties;
  const change: RoleChange = {
    trust,
    boundary,
    details: liveProperties({ Description, MaxSessionDuration, Path, RoleName, Tags }),
  };
  const inline = inlineIn(properties).map((policy) => inlinePolicy(name, policy));
  return { change, policies: [...attached, ...inline] };
}

const inlineIn = (properties: JsonObject): readonly JsonObject[] => listOf(properties['Policies']).filter(isObject);

/** The policies that a role's own properties attach. */
const ownPolicies = ({ properties }: Resource): readonly Pick<AttachedPolicy, 'inlineName' | 'managedArn'>[] => [
  ...listOf(properties['ManagedPolicyArns']).map((arn) => ({ managedArn: textOf(arn) })),
  ...inlineIn(properties).map(({ PolicyName }) => ({ inlineName: textOf(PolicyName) })),
];

/**
 * DeleteRole of CloudFormation: it takes the policies of the role's properties away first, and IAM refuses the role
 * because of any other.
 */
function refuseForeign(role: Role, resource: Resource): void {
  const own = ownPolicies(resource);
  const foreign = role.policies.filter(
    (its) => !own.some((known) => known.inlineName === its.inlineName && known.managedArn === its.managedArn),
  );
  if (foreign.some(({ managedArn }) => managedArn !== undefined)) {
    throw new DeploymentRefused('DeleteConflict', 'Cannot delete entity, must detach all policies first.');
  }
  if (foreign.length > 0) {
    throw new DeploymentRefused('DeleteConflict', 'Cannot delete entity, must delete policies first.');
  }
}

/** AWS managed policies for service-linked roles. */
const SERVICE_LINKED = /^arn:[^:]+:iam::aws:policy\/aws-service-role\//;

/** A managed policy of the account or of AWS, in its use by a role; an unknown one if its statements are not known. */
export function managedPolicyAt(
  identities: Identities,
  use: 'managed policy' | 'permissions boundary',
  arn: string,
): AttachedPolicy {
  if (SERVICE_LINKED.test(arn))
    throw new DeploymentRefused('PolicyNotAttachable', 'Cannot attach a Service Role Policy to a Customer Role.');
  const ofAws = managedPolicy(arn);
  const policy = ofAws
    ? { name: `${use} ${arn.split('/').at(-1) ?? ''}`, document: ofAws }
    : (identities.managedPolicy(arn) ?? unknownPolicy(`the ${use} ${arn}`, 'identity'));
  return { ...policy, managedArn: arn };
}

/** Roles that a trust policy names; IAM resolves them when the policy is written, and refuses those it does not find. */
export function rolesNamedBy(trust: PolicyDocument): readonly string[] {
  return [trust.Statement]
    .flat()
    .flatMap(({ Principal }) => (typeof Principal === 'object' ? [Principal['AWS'] ?? []].flat() : []))
    .filter((principal) => /^arn:[^:]+:iam::\d{12}:role\//.test(principal) && !isUnresolved(principal));
}

/**
 * A role's properties. Policies that other resources of its stack attach to it are not its own (AWS: "Detecting
 * unmanaged configuration changes", resource attachments).
 */
function liveRole({ name, trust, policies, boundary, details = {} }: Role, { resources }: Stack): JsonObject {
  const attaching = resources.filter((resource) => roleNamesIn(resource).includes(name));
  const ofOthers = new Set(
    attaching.flatMap(({ type, arn, properties }) => {
      if (type === 'AWS::IAM::Policy') return [`inline ${textOf(properties['PolicyName'])}`];
      return type === 'AWS::IAM::ManagedPolicy' && arn !== undefined ? [arn] : [];
    }),
  );
  const inline = policies.filter(({ inlineName }) => inlineName !== undefined && !ofOthers.has(`inline ${inlineName}`));
  const managed = policies.flatMap(({ managedArn }) => managedArn ?? []).filter((arn) => !ofOthers.has(arn));
  return liveProperties({
    ...details,
    AssumeRolePolicyDocument: trust.document,
    ManagedPolicyArns: managed,
    PermissionsBoundary: boundary?.managedArn,
    Policies: inline.map(({ inlineName, document }) => ({ PolicyName: inlineName, PolicyDocument: document })),
  });
}
