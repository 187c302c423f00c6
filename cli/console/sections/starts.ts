import { type CrossAccountStart, crossAccountStarts } from '@crosswind/assembly/cross-account-starts';
import type { Stack } from '@crosswind/assembly/resolve';
import type { OrganizationSource } from '@crosswind/console/server/organization';
import type { Sandbox } from '@crosswind/sandbox/sandbox';

/** A stack of a sandbox. */
export type DeployedStack = ReturnType<Sandbox['cloudFormation']['stacks']['living']>[number];

/** Tasks that start a workflow of another account, by the definitions as they are deployed. */
export function startsOf(
  assembled: readonly Stack[],
  deployed: readonly DeployedStack[],
): OrganizationSource['starts'] {
  const byKey = new Map(deployed.map((stack) => [stackKey(stack), stack]));
  return assembled.flatMap((stack) => {
    const now = byKey.get(stackKey(stack));
    const resources = now && [...now.resources.values()].flatMap((resource) => resource.deployed ?? []);
    return startsIn(resources ? { ...stack, resources } : stack).map(({ parent, childArn, targetRoleArn, waits }) => ({
      from: parent.arn,
      to: childArn,
      role: targetRoleArn,
      waits,
    }));
  });
}

/** Place and name of a stack: no other stack has the same. */
export const stackKey = ({ account, region, name }: Pick<DeployedStack, 'account' | 'region' | 'name'>): string =>
  `${account}/${region}/${name}`;

/** Those of a stack; none of a definition that nobody can read, which is said where it is deployed. */
function startsIn(stack: Stack): readonly CrossAccountStart[] {
  try {
    return crossAccountStarts([stack]);
  } catch {
    return [];
  }
}
