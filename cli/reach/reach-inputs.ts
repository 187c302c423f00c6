import { join } from 'node:path';
import { resolvePartly, resolveTolerantly } from '@crosswind/assembly/resolve';
import { plannedWaves } from '../../config/deployments.ts';
import type { Platform } from '../../config/schema.ts';
import { accountsInOrder } from '../../onboarding/baseline/baseline.ts';
import { baselineDirectory } from '../../onboarding/baseline/baseline-files.ts';
import { organizationIn } from '../../policies/reach/organization-in.ts';
import type { ReachInputs } from '../../policies/reach/reach-inputs.ts';
import { assemblyAt } from '../platform/deployed-in.ts';
import { baselineStacks } from '../quotas/baseline-stacks.ts';

/**
 * Reads the assembly of a platform, with the baseline and the policies of the organization next to it.
 * @param assembled its stacks, where they have been read already
 */
export function reachInputs(
  platform: Platform,
  directory: string,
  assembled: ReturnType<typeof assemblyAt> = assemblyAt(directory),
): ReachInputs {
  const kinds = new Map(accountsInOrder(platform).map(({ id, kind }) => [id, kind]));
  const frozen = new Set<string>(
    plannedWaves(platform)
      .flatMap(({ deployments }) => deployments.filter(({ freezes }) => freezes.length > 0))
      .flatMap(({ stages }) => stages.map(({ account }) => account.id)),
  );
  return {
    stacks: resolveTolerantly(assembled),
    baseline: resolvePartly(baselineStacks(platform, directory)).stacks,
    organization: {
      ...organizationIn(join(directory, baselineDirectory), { id: platform.organization.id, kinds }),
      isFrozen: (account) => frozen.has(account),
    },
    kinds,
  };
}
