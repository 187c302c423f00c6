import type { Resource, Stack } from '@crosswind/assembly/resolve';
import { textOf } from '@crosswind/aws/json';
import { liveProperties } from '../live-properties.ts';
import type { ResourceHandler } from '../service.ts';
import { attach, type AttachmentPorts, detach, inlinePolicy, roleNamesIn, roleOf } from './attachments.ts';

/** `AWS::IAM::Policy`: one inline policy, put into each of its roles. */
export function inlinePolicies(ports: AttachmentPorts): ResourceHandler {
  const put = (resource: Resource, stack: Stack): void => {
    const targets = roleNamesIn(resource).map((name) => ({
      role: roleOf(ports, name, resource, stack),
      policy: inlinePolicy(name, resource.properties),
    }));
    for (const { role, policy } of targets) if (role) attach(role, policy);
  };
  const removeFrom = (roleNames: readonly string[], account: string, inlineName: string): void => {
    for (const name of roleNames) detach(ports.identities.roleNamed(account, name), { inlineName });
  };
  return {
    create: put,
    update: (resource, before, stack) => {
      put(resource, stack);
      const isRenamed = policyNameOf(before) !== policyNameOf(resource);
      const kept = new Set(isRenamed ? [] : roleNamesIn(resource));
      const left = roleNamesIn(before).filter((name) => !kept.has(name));
      removeFrom(left, stack.account, policyNameOf(before));
    },
    delete: (resource, stack) => {
      removeFrom(roleNamesIn(resource), stack.account, policyNameOf(resource));
    },
    read: (resource, stack) => {
      const PolicyName = policyNameOf(resource);
      const holders = roleNamesIn(resource).flatMap((name) => {
        const role = ports.identities.roleNamed(stack.account, name);
        const policy = role?.policies.find(({ inlineName }) => inlineName === PolicyName);
        return policy ? [{ name, policy }] : [];
      });
      const [first] = holders;
      if (!first) return undefined;
      return liveProperties({
        PolicyName,
        PolicyDocument: first.policy.document,
        Roles: holders.map(({ name }) => name),
      });
    },
  };
}

const policyNameOf = ({ properties }: Resource): string => textOf(properties['PolicyName']);
