import type { Resource, Stack } from '@crosswind/assembly/resolve';
import { isUnresolved } from '@crosswind/aws/json';
import type { PolicySource } from '@crosswind/iam/policy-document';
import { DeploymentRefused } from '../cloudformation/refusal.ts';
import { liveProperties } from '../live-properties.ts';
import type { ResourceHandler } from '../service.ts';
import { attach, type AttachmentPorts, detach, iamPolicy, roleNamesIn, roleOf } from './attachments.ts';

/** `AWS::IAM::ManagedPolicy`: a policy of its own, which its property `Roles` and roles themselves attach. */
export function managedPolicies(ports: AttachmentPorts): ResourceHandler {
  const { identities } = ports;
  const put = (resource: Resource, stack: Stack, policy: PolicySource): void => {
    const { arn = '' } = resource;
    const attached = roleNamesIn(resource).map((name) => roleOf(ports, name, resource, stack));
    identities.setManagedPolicy(arn, policy);
    for (const role of attached) if (role) attach(role, { ...policy, managedArn: arn });
  };
  const detachFrom = (roleNames: readonly string[], account: string, managedArn: string): void => {
    for (const name of roleNames) detach(identities.roleNamed(account, name), { managedArn });
  };
  return {
    create: (resource, stack) => {
      const { arn = '', name, mayBeAbsent } = resource;
      if (identities.managedPolicy(arn) && !isUnresolved(arn) && !mayBeAbsent) {
        const message = `A policy called ${name} already exists. Duplicate names are not allowed.`;
        throw new DeploymentRefused('EntityAlreadyExists', message);
      }
      put(resource, stack, documentOf(resource));
    },
    update: (resource, before, stack) => {
      const { arn = '' } = resource;
      put(resource, stack, documentOf(resource));
      const kept = new Set(roleNamesIn(resource));
      detachFrom(
        roleNamesIn(before).filter((name) => !kept.has(name)),
        stack.account,
        arn,
      );
    },
    delete: (resource, { account }) => {
      const { arn = '' } = resource;
      detachFrom(roleNamesIn(resource), account, arn);
      if (identities.rolesWith(arn).length > 0) {
        throw new DeploymentRefused('DeleteConflict', 'Cannot delete a policy attached to entities.');
      }
      identities.removeManagedPolicy(arn);
    },
    read: ({ arn = '', properties }, { account }) => {
      const policy = identities.managedPolicy(arn);
      if (!policy) return undefined;
      const { Description, ManagedPolicyName, Path } = properties;
      const holders = identities
        .rolesWith(arn)
        .filter((role) => role.account === account && role.policies.some(({ managedArn }) => managedArn === arn));
      const attachedHere = new Set(holders.map(({ name }) => name));
      const Roles = roleNamesIn({ properties }).filter((name) => attachedHere.has(name));
      return liveProperties({ Description, ManagedPolicyName, Path, PolicyDocument: policy.document, Roles });
    },
  };
}

const documentOf = ({ name, properties }: Resource): PolicySource =>
  iamPolicy(`managed policy ${name}`, properties['PolicyDocument'], 'identity');
