import { parse } from 'yaml';
import type { Contract } from '../../blocks/contract.ts';
import { listed, nearest } from '../../config/nearest.ts';
import type { Platform } from '../../config/schema.ts';
import type { NewPlacement } from '../../onboarding/tenant-edits.ts';
import { WrongInput } from '../failure.ts';
import { defaultAccounts } from './default-accounts.ts';
import { stageAccounts } from './stage-accounts.ts';

/** Options of the commands that place a tenant. */
export interface PlacementOptions {
  readonly wave?: string;
  readonly newWave: boolean;
  readonly accounts?: string;
  readonly owner?: string;
}

export interface PlacementProps extends PlacementOptions {
  /**
   * Settings, each as `setting=value`.
   *
   * @default - none: the contract has defaults
   */
  readonly set?: readonly string[];
  readonly tenant: string;
  readonly workload: string;
  readonly contract: Contract;
}

/** A placement of a tenant by what the options say, and by what they leave out. */
export function placementOf(
  platform: Platform,
  { tenant, workload, contract, owner = `${tenant}-team`, set = [], ...options }: PlacementProps,
): NewPlacement {
  const wave = waveOf(platform, options);
  const accounts =
    options.accounts === undefined
      ? defaultAccounts(platform, { contract, tenant, wave })
      : stageAccounts(contract, options.accounts);
  return { tenant, workload, owner, wave, accounts, settings: settingsOf(set) };
}

/** Settings by their names, the values read as YAML. What they may be is checked with the whole file. */
function settingsOf(set: readonly string[]): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    set.map((text): [string, unknown] => {
      const [, setting, value = ''] = /^(\w+)=(.+)$/s.exec(text) ?? [];
      if (setting === undefined) throw new WrongInput(`--set must read setting=value, got "${text}"`);
      try {
        return [setting, parse(value)];
      } catch {
        throw new WrongInput(`--set ${setting} must be a value in YAML, got "${value}"`);
      }
    }),
  );
}

/** The wave that is named, else the first; a platform that has none gets one. */
function waveOf({ waves }: Platform, { wave, newWave }: Pick<PlacementOptions, 'wave' | 'newWave'>): string {
  const names: readonly string[] = waves.map(({ name }) => name);
  if (wave === undefined) return names[0] ?? 'dev';
  const isThere = names.includes(wave);
  if (isThere && newWave) throw new WrongInput(`the wave "${wave}" is there already: leave --new-wave out`);
  if (isThere || newWave || names.length === 0) return wave;
  const meant = nearest(wave, names);
  const hint = meant === undefined ? '' : `; did you mean "${meant}"?`;
  throw new WrongInput(
    `no wave is called "${wave}" (expected ${listed(names)}${hint}); --new-wave adds it as the last`,
  );
}
