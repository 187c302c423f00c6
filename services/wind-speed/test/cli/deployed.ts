import { readAssembly } from '@crosswind/assembly/read-assembly';
import { resolveStacks } from '@crosswind/assembly/resolve';
import { type SynthesizedWorkload, firstDeployment } from '../../../../test/cli/local/synthesized-workload.ts';
import { stackAt } from '../../../../test/synthesized.ts';
import { childPath, parentPath } from '../built.ts';
import { platform } from '../platform.ts';
import { assembly } from './crosswind.ts';

/** The deployment of wave dev with the bundles of its functions. */
export async function deployedWorkload(): Promise<SynthesizedWorkload> {
  const stacks = resolveStacks(readAssembly(await assembly()));
  return {
    deployment: firstDeployment(platform),
    parent: stackAt(stacks, parentPath),
    child: stackAt(stacks, childPath),
  };
}
