import { type Contract, stagesFromEntry } from '../../blocks/contract.ts';
import { fromEntry, plannedWaves } from '../../config/deployments.ts';
import type { Account, Platform } from '../../config/schema.ts';
import { usesOf } from '../../onboarding/uses.ts';
import { WrongInput } from '../failure.ts';
import type { StageAccounts } from './stage-accounts.ts';

export interface DefaultAccountsProps {
  readonly contract: Contract;
  readonly tenant: string;
  readonly wave: string;
}

/**
 * An account for each stage: first those that run other tenants in the wave, then those that nothing uses. They are in one
 * region, and where they are not enough, the error says how to add more.
 */
export function defaultAccounts(platform: Platform, props: DefaultAccountsProps): StageAccounts {
  const stages = stagesFromEntry(props.contract).map(({ name }) => name);
  const candidates = candidatesOf(platform, props);
  const regions = [...new Set(candidates.map(({ region }) => region))];
  const groups = regions.map((region) => candidates.filter((account) => account.region === region));
  const enough = groups.find((group) => group.length >= stages.length);
  if (!enough) throw new WrongInput(tooFew(stages, groups[0] ?? [], props));
  return new Map(stages.map((stage, index) => [stage, enough[index]?.name ?? '']));
}

function candidatesOf(platform: Platform, { tenant, wave }: DefaultAccountsProps): readonly Account[] {
  const inWave = plannedWaves(platform)
    .filter((planned) => planned.wave.name === wave)
    .flatMap(({ deployments }) => deployments.flatMap((placed) => fromEntry(placed).map(({ account }) => account)));
  const unused = platform.accounts.filter(({ name }) => usesOf(platform, name).length === 0);
  return [...new Set([...inWave, ...unused])].filter(
    ({ name, id, state, frozen }) =>
      state === 'active' &&
      !frozen &&
      id !== platform.organization.managementAccount &&
      // An account holds one stage of a tenant.
      !usesOf(platform, name).some((use) => use.kind !== 'stage' || use.tenant === tenant),
  );
}

function tooFew(
  stages: readonly string[],
  found: readonly Account[],
  { tenant, wave }: Pick<DefaultAccountsProps, 'tenant' | 'wave'>,
): string {
  const names = found.map(({ name }) => name).join(', ');
  const missing = stages.slice(found.length).map((stage) => {
    const name = `${tenant}-${stage}-${wave}`;
    return `  npx crosswind account add ${name.length > 30 ? '<name>' : name} --id <12 digits> --email <address> --organizational-unit <path>`;
  });
  return [
    `"${tenant}" needs an account for each of its stages (${stages.join(', ')}), found ${found.length === 0 ? 'none' : `only ${names}`} for wave "${wave}"`,
    'expected active accounts in one region that run other tenants of the wave, or that nothing uses; add what is missing and try again:',
    ...missing,
    `or name accounts: --accounts ${stages.map((stage) => `${stage}=<account>`).join(',')}`,
  ].join('\n');
}
