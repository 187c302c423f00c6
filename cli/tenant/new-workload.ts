import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Contract, Contracts } from '../../blocks/contract.ts';
import { type Clone, workloadFolder } from '../../blocks/discover-workloads.ts';
import { platformJsonSchema } from '../../config/json-schema.ts';
import { accountName } from '../../config/schema.ts';
import type { Consequences } from '../../onboarding/consequences.ts';
import { type NewPlacement, withPlacement } from '../../onboarding/tenant-edits.ts';
import { WrongInput } from '../failure.ts';
import { checkedEdit } from '../platform/edit-platform.ts';
import { loadValidPlatform } from '../read-platform.ts';
import { contract } from '../scaffold/contract.ts';
import { type PlacementOptions, placementOf } from './placement.ts';
import { scaffoldFiles } from './scaffold-files.ts';
import { writeWorkload } from './write-workload.ts';

export interface NewWorkloadProps {
  /** Directory of the clone. */
  readonly clone: Clone;
  readonly name: string;
  /** Path of `platform.yaml`. */
  readonly path: string;
  readonly dryRun: boolean;
  readonly options: PlacementOptions;
}

export interface NewWorkload {
  /** The platform as messages name it. */
  readonly file: string;
  readonly placement: NewPlacement;
  /** Files of the new folder, by their path in the clone. */
  readonly files: readonly string[];
  readonly consequences: Consequences;
}

/** Names of folders that linters, formatters and architecture tests treat in another way. */
const ignoredFolders = ['out', 'test'];

/** Writes a workload with a tenant of its name, and the schema that knows it; everything is checked before. */
export async function newWorkload({ clone, name, path, dryRun, options }: NewWorkloadProps): Promise<NewWorkload> {
  if (!accountName.safeParse(name).success) {
    throw new WrongInput(
      `expected 1 to 30 lower-case letters, digits or hyphens that start with a letter as the name of a workload, got "${name}"`,
    );
  }
  if (ignoredFolders.includes(name)) {
    throw new WrongInput(
      `a workload cannot be called "${name}": tools take such a folder for another; choose another name`,
    );
  }
  if (existsSync(workloadFolder(clone, name))) {
    throw new WrongInput(
      `services/${name} exists already: choose another name, or place that workload with \`npx crosswind tenant add\``,
    );
  }
  const loaded = await loadValidPlatform(clone, path);
  const { platform } = loaded.parsed;
  if (platform.tenants.some((tenant) => tenant.name === name)) {
    throw new WrongInput(`${loaded.file} has a tenant "${name}" already: choose another name`);
  }
  const contracts = sorted([...loaded.contracts, [name, contract]]);
  const placement = placementOf(platform, { tenant: name, workload: name, contract, ...options });
  const { text, consequences } = checkedEdit({ ...loaded, contracts }, withPlacement(loaded.text, platform, placement));
  const files = scaffoldFiles();
  const schema = { path: join(clone.root, 'platform.schema.json'), text: platformJsonSchema(contracts) };
  if (!dryRun) await writeWorkload({ clone, name, files, texts: [{ path, text }, schema] });
  return {
    file: loaded.file,
    placement,
    files: [...files.keys()].map((file) => `services/${name}/${file}`),
    consequences,
  };
}

/** In alphabetical order, as the contracts of a clone are found. */
const sorted = (contracts: readonly (readonly [string, Contract])[]): Contracts =>
  new Map([...contracts].sort(([one], [other]) => (one < other ? -1 : 1)));
