import { z } from 'zod';
import type { Contract, Contracts } from '../blocks/contract.ts';
import { YamlText } from './yaml-text.ts';

const tenantsOfFile = z.looseObject({
  tenants: z.array(
    z.looseObject({ workload: z.string(), waves: z.record(z.string(), z.record(z.string(), z.unknown())) }),
  ),
});

/**
 * Contracts in the place of those that cannot be read, so that the rest of `platform.yaml` can: their stages are the ones
 * that the file gives accounts, with any settings.
 * @param isMissing true for a workload without a contract
 */
export function standInContracts(text: string, isMissing: (workload: string) => boolean): Contracts {
  const source = new YamlText(text);
  if (source.syntaxError()) return new Map();
  const { data } = tenantsOfFile.safeParse(source.document.toJS());
  const keys = new Map<string, Set<string>>();
  for (const { workload, waves } of data?.tenants ?? []) {
    if (!isMissing(workload)) continue;
    const known = keys.get(workload) ?? new Set();
    for (const key of Object.values(waves).flatMap(Object.keys)) known.add(key);
    keys.set(workload, known);
  }
  return new Map([...keys].map(([workload, names]) => [workload, contractOf(names)]));
}

function contractOf(keys: ReadonlySet<string>): Contract {
  const names = [...keys].filter((key) => key !== 'settings' && key !== 'schedule');
  const stages = names.map((name) => ({ name, description: name }));
  return { settings: z.looseObject({}), stages, entry: names[0] ?? '' };
}
