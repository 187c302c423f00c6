import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { messageOf } from '@crosswind/aws/problem';
import { type Contract, type Contracts, isContract } from './contract.ts';

/** A clone of the template, with the folder in which its workloads are. */
export interface Clone {
  /** Directory of the clone. */
  readonly root: string;
  /** Path of the folder of the workloads, from the root. */
  readonly services: string;
}

/** A clone whose workloads are where the template has them. */
export const cloneAt = (root: string): Clone => ({ root, services: 'services' });

/** Folder of a workload. */
export const workloadFolder = ({ root, services }: Clone, workload: string): string => join(root, services, workload);

/** Path of a workload's file from the root of the clone, as messages name it. */
export const workloadFile = ({ services }: Pick<Clone, 'services'>, workload: string, file: string): string =>
  `${services}/${workload}/${file}`;

/** The workloads of a clone that have a contract, and what is wrong with those of the others. */
export interface DiscoveredWorkloads {
  /** In alphabetical order. */
  readonly contracts: Contracts;
  /** By workload; each names the file. */
  readonly problems: ReadonlyMap<string, string>;
}

/**
 * The contracts of a clone. This file alone knows which files a workload has, and loads them by name: contracts always,
 * constructs and local behavior only for the workloads that are asked for.
 */
export async function discoverWorkloads(clone: Clone): Promise<DiscoveredWorkloads> {
  const [contracts, problems] = [new Map<string, Contract>(), new Map<string, string>()];
  for (const workload of workloadsIn(clone)) {
    try {
      contracts.set(workload, await contractOf(clone, workload));
    } catch (error) {
      problems.set(workload, messageOf(error));
    }
  }
  return { contracts, problems };
}

/**
 * The contracts of all workloads of a clone.
 *
 * @throws Error that names the file, where one has no contract or a wrong one
 */
export async function discoverContracts(clone: Clone): Promise<Contracts> {
  const { contracts, problems } = await discoverWorkloads(clone);
  if (problems.size > 0) throw new Error([...problems.values()].join('\n'));
  return contracts;
}

async function contractOf(clone: Clone, workload: string): Promise<Contract> {
  const contract = await load<unknown>(clone, workload, 'contract');
  if (isContract(contract)) return contract;
  throw new Error(`${workloadFile(clone, workload, 'contract.ts')} must export what \`defineContract\` returns`);
}

/**
 * Loads one part of each named workload. The caller gives its type, because this file must not know constructs: the
 * command line has none.
 */
export async function loadParts<Part>(
  clone: Clone,
  names: Iterable<string>,
  part: 'workload' | 'local',
): Promise<ReadonlyMap<string, Part>> {
  const parts = new Map<string, Part>();
  for (const name of new Set(names)) parts.set(name, await load<Part>(clone, name, part));
  return parts;
}

/** Names of the folders that are workloads. */
export function workloadsIn({ root, services }: Clone): readonly string[] {
  const folder = join(root, services);
  if (!existsSync(folder)) return [];
  return (
    readdirSync(folder, { withFileTypes: true })
      .filter((entry) => entry.isDirectory() && !entry.name.startsWith('.'))
      .map(({ name }) => name)
      // What is left of a deleted workload, ignored files and empty folders, is none.
      .filter((name) => readdirSync(join(folder, name)).some((file) => file.endsWith('.ts')))
      .sort()
  );
}

/** Loads what `<part>.ts` of a workload exports by the name of the part. */
async function load<Part>(clone: Clone, workload: string, part: 'contract' | 'workload' | 'local'): Promise<Part> {
  const file = join(workloadFolder(clone, workload), `${part}.ts`);
  const shown = workloadFile(clone, workload, `${part}.ts`);
  if (!existsSync(file)) {
    throw new Error(
      `${shown} is missing: every folder of ${clone.services}/ is a workload, and docs/workloads.md says what it needs`,
    );
  }
  const module = (await import(pathToFileURL(file).href).catch((error: unknown) => {
    throw new Error(`${shown} cannot be loaded: ${messageOf(error)}`, {
      cause: error,
    });
  })) as Readonly<Record<string, unknown>>;
  if (module[part] === undefined)
    throw new Error(`${shown} must export \`${part}\`, got ${Object.keys(module).join(', ') || 'nothing'}`);
  if (typeof module[part] !== 'object')
    throw new Error(`${shown} must export \`${part}\` as an object, got ${typeof module[part]}`);
  return module[part] as Part;
}
