import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Contract, Contracts } from './contract.ts';

/**
 * The folders of `services/` are the workloads. This file alone knows which files they have, and loads them by name:
 * contracts always, constructs and local behaviour only for the workloads that are asked for.
 */
const servicesOf = (root: string): string => join(root, 'services');

/** Folder of a workload. */
export const workloadFolder = (root: string, workload: string): string => join(servicesOf(root), workload);

/**
 * The contracts of all workloads of a clone, in alphabetical order.
 * @throws Error that names the file, where one has no contract or a wrong one
 */
export async function discoverContracts(root: string): Promise<Contracts> {
  const contracts = new Map<string, Contract>();
  for (const workload of workloadsIn(root)) {
    contracts.set(workload, await load<Contract>(root, workload, 'contract'));
  }
  return contracts;
}

/**
 * What each of the named workloads exports from one of its files, by the name of the file. The caller says of which type
 * that is, because this file must not know constructs: the command line has none.
 */
export async function loadParts<Part>(
  root: string,
  names: Iterable<string>,
  part: 'workload' | 'local',
): Promise<ReadonlyMap<string, Part>> {
  const parts = new Map<string, Part>();
  for (const name of new Set(names)) parts.set(name, await load<Part>(root, name, part));
  return parts;
}

/** Names of the folders that are workloads. */
export function workloadsIn(root: string): readonly string[] {
  if (!existsSync(servicesOf(root))) return [];
  return readdirSync(servicesOf(root), { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && !entry.name.startsWith('.'))
    .map(({ name }) => name)
    .sort();
}

/** What `services/<workload>/<part>.ts` exports by the name of the part. */
async function load<Part>(root: string, workload: string, part: 'contract' | 'workload' | 'local'): Promise<Part> {
  const file = join(workloadFolder(root, workload), `${part}.ts`);
  const shown = `services/${workload}/${part}.ts`;
  if (!existsSync(file)) {
    throw new Error(
      `${shown} is missing: every folder of services/ is a workload, and docs/workloads.md says what it needs`,
    );
  }
  const module = (await import(pathToFileURL(file).href).catch((error: unknown) => {
    throw new Error(`${shown} cannot be loaded: ${error instanceof Error ? error.message : String(error)}`, {
      cause: error,
    });
  })) as Readonly<Record<string, unknown>>;
  if (module[part] === undefined)
    throw new Error(`${shown} must export \`${part}\`, got ${Object.keys(module).join(', ') || 'nothing'}`);
  return module[part] as Part;
}
