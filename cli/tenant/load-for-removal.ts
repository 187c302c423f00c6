import { resolve } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';
import type { Contract, Contracts } from '../../blocks/contract.ts';
import type { Clone } from '../../blocks/discover-workloads.ts';
import { parsePlatform } from '../../config/parse.ts';
import { WrongInput } from '../failure.ts';
import { type ValidPlatform, loadPlatform, problemLines } from '../read-platform.ts';

/**
 * Loads a platform from which a tenant is removed. The folder of its workload may be gone already: then its stages are
 * those that the file gives accounts, with any settings.
 */
export async function loadForRemoval(clone: Clone, path: string): Promise<ValidPlatform> {
  const { parsed, ...loaded } = await loadPlatform(clone, resolve(path));
  if (parsed.ok) return { ...loaded, parsed };
  const contracts: Contracts = new Map([...loaded.contracts, ...goneWorkloads(loaded.text, loaded.contracts)]);
  const withGone = parsePlatform(loaded.text, contracts);
  if (withGone.ok) return { ...loaded, contracts, parsed: withGone };
  throw new WrongInput(problemLines(loaded.file, parsed.problems).join('\n'));
}

const tenantsOfFile = z.looseObject({
  tenants: z.array(
    z.looseObject({ workload: z.string(), waves: z.record(z.string(), z.record(z.string(), z.unknown())) }),
  ),
});

/** Contracts of workloads that tenants name and the clone does not have. */
function goneWorkloads(text: string, known: Contracts): Contracts {
  const { data } = tenantsOfFile.safeParse(parse(text));
  const stages = new Map<string, Set<string>>();
  for (const { workload, waves } of data?.tenants ?? []) {
    if (known.has(workload)) continue;
    const names = stages.get(workload) ?? new Set();
    for (const key of Object.values(waves).flatMap(Object.keys)) names.add(key);
    stages.set(workload, names);
  }
  return new Map([...stages].map(([workload, names]) => [workload, contractOf(names)]));
}

function contractOf(keys: ReadonlySet<string>): Contract {
  const names = [...keys].filter((key) => key !== 'settings' && key !== 'schedule');
  const stages = names.map((name) => ({ name, description: name }));
  return { settings: z.looseObject({}), stages, entry: names[0] ?? '' };
}
