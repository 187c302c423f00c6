import { resolve } from 'node:path';
import type { Contracts } from '../../blocks/contract.ts';
import { type Clone, discoverWorkloads } from '../../blocks/discover-workloads.ts';
import { parsePlatform } from '../../config/parse.ts';
import { standInContracts } from '../../config/stand-in-contracts.ts';
import { WrongInput } from '../failure.ts';
import { type ValidPlatform, problemLines, readText, shownPath } from '../read-platform.ts';

/** Loads a platform from which a tenant is removed. The contract of its workload may be gone already, or wrong. */
export async function loadForRemoval(clone: Clone, path: string): Promise<ValidPlatform> {
  const file = shownPath(resolve(path));
  const text = await readText(resolve(path), file);
  const { contracts: known, problems: unreadable } = await discoverWorkloads(clone);
  const contracts: Contracts = new Map([...known, ...standInContracts(text, (workload) => !known.has(workload))]);
  const parsed = parsePlatform(text, contracts);
  if (parsed.ok) return { file, text, contracts, unreadable, parsed };
  throw new WrongInput(problemLines(file, parsed.problems).join('\n'));
}
