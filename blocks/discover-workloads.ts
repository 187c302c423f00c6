import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
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

/**
 * The contracts of all workloads of a clone, in alphabetical order. This file alone knows which files a workload has, and
 * loads them by name: contracts always, constructs and local behavior only for the workloads that are asked for.
 *
 * @throws Error that names the file, where one has no contract or a wrong one
 */
export async function discoverContracts(clone: Clone): Promise<Contracts> {
  const contracts = new Map<string, Contract>();
  for (const workload of workloadsIn(clone)) {
    const contract = await load<unknown>(clone, workload, 'contract');
    const file = workloadFile(clone, workload, 'contract.ts');
    if (!isContract(contract)) throw new Error(`${file} must export what \`defineContract\` returns`);
    contracts.set(workload, contract);
  }
  return contracts;
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
    throw new Error(`${shown} cannot be loaded: ${error instanceof Error ? error.message : String(error)}`, {
      cause: error,
    });
  })) as Readonly<Record<string, unknown>>;
  if (module[part] === undefined)
    throw new Error(`${shown} must export \`${part}\`, got ${Object.keys(module).join(', ') || 'nothing'}`);
  if (typeof module[part] !== 'object')
    throw new Error(`${shown} must export \`${part}\` as an object, got ${typeof module[part]}`);
  return module[part] as Part;
}
