import { readAssembly } from '@crosswind/assembly/read-assembly';
import { resolveTolerantly, type Stack } from '@crosswind/assembly/resolve';
import { stackName } from '../../../blocks/workflow/address.ts';
import { placementId, platformStackId } from '../../../config/construct-ids.ts';
import type { Deployment } from '../../../config/deployments.ts';
import type { Platform } from '../../../config/schema.ts';
import { withAccountsOf } from '../../local/with-accounts-of.ts';
import { type KnownWorkload, knownWorkload } from '../../local/workload-options.ts';
import { contractsOf, loadValidPlatform } from '../../read-platform.ts';
import { chosenDeployment } from '../../run/chosen-deployment.ts';
import type { Mix, TenantInWave } from '../runs/run-data.ts';
import type { AskedSide, ContractAsked } from './contract-asked.ts';
import { join } from 'node:path';
import { platformFile } from '../../../config/platform-file.ts';
import type { MixesProps } from './mixes.ts';

/** Both versions of the stages of a tenant. */
export interface MeetingStages {
  readonly deployment: Deployment;
  /** The platform with the accounts of the tenant and its own. */
  readonly platform: Platform;
  readonly workloads: Readonly<Record<'old' | 'new', KnownWorkload>>;
  readonly mixing: MixesProps;
  /** Stacks of a mix in the order in which they are deployed. */
  readonly stacksOf: (mix: Mix) => readonly Stack[];
  /** Stack of a version of a stage. */
  readonly stackOf: (stage: string, version: 'old' | 'new') => Stack | undefined;
}

/**
 * Reads both versions of a tenant, with the code of its workload.
 * @throws WrongInput where one cannot be read
 */
export async function meetingStages(asked: ContractAsked): Promise<MeetingStages> {
  const { before, after, tenant, wave, workload } = asked;
  const { parsed, contracts } = await loadValidPlatform(after.clone, join(after.directory, platformFile));
  const { deployment } = chosenDeployment(parsed.platform, tenant, wave);
  const young = await knownWorkload(after.clone, workload, contracts);
  const isSameCode = before.clone.root === after.clone.root;
  const old = isSameCode ? young : await knownWorkload(before.clone, workload, await contractsOf(before.clone));
  const stages = deployment.stages.map(({ name }) => name);
  const versions = { old: stacksIn(before, asked), new: stacksIn(after, asked) };
  const stackOf: MeetingStages['stackOf'] = (stage, version) => versions[version].get(stackName({ tenant }, stage));
  // The pipeline deletes no stack: what only the old version has is still there.
  const left = [...versions.old].filter(([name]) => !versions.new.has(name)).map(([, stack]) => stack);
  return {
    deployment,
    platform: withAccountsOf(parsed.platform, deployment),
    workloads: { old, new: young },
    mixing: {
      stages,
      changed: new Set(asked.changed),
      added: new Set(stages.filter((stage) => !stackOf(stage, 'old'))),
    },
    stacksOf: (mix) => [
      ...left,
      ...Object.entries(mix.stages).flatMap(([stage, version]) => stackOf(stage, version) ?? []),
    ],
    stackOf,
  };
}

/** The stacks of a tenant in an assembly by their names. */
function stacksIn({ directory }: AskedSide, { tenant, wave }: TenantInWave): ReadonlyMap<string, Stack> {
  const path = `${platformStackId}/${placementId(wave, tenant)}/`;
  const assembled = readAssembly(directory).filter((stack) => stack.path.startsWith(path));
  return new Map(resolveTolerantly(assembled).map((stack) => [stack.name, stack]));
}
