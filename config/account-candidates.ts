import type { Outline, OutlinedStage } from './outline.ts';
import { placements } from './placements.ts';

/** A place that names an account: the pipeline, monitoring, or a stage of a tenant in a wave. */
export type AccountPlace =
  | { readonly kind: 'own' }
  | { readonly kind: 'stage'; readonly tenant: number; readonly wave: string; readonly stage: string };

/** Names of accounts that are valid at that place, with the rest of the file as it is. */
export function accountCandidates(outline: Outline, place: AccountPlace): readonly string[] {
  return place.kind === 'own' ? ownCandidates(outline) : stageCandidates(outline, place);
}

/** The accounts that are in use and run no workload; the management account runs nothing of the platform. */
function ownCandidates({ organization, accounts, tenants }: Outline): readonly string[] {
  const taken = new Set(
    tenants.flatMap(({ waves }) => Object.values(waves).flatMap((stages) => stages.map(({ account }) => account))),
  );
  return accounts.flatMap(({ name, id, state = 'active', frozen = false }) => {
    const isFree = state === 'active' && !frozen && id !== organization.managementAccount && !taken.has(name);
    return name !== undefined && isFree ? [name] : [];
  });
}

/** The accounts with which a tenant has no problem more than with the name that is there. */
function stageCandidates(outline: Outline, place: Extract<AccountPlace, { kind: 'stage' }>): readonly string[] {
  const tenant = outline.tenants[place.tenant];
  if (!tenant) return [];
  const problemsWith = (account: string | undefined): number => {
    const placed = (stages: readonly OutlinedStage[]): readonly OutlinedStage[] =>
      stages.map((each) => (each.stage === place.stage ? { ...each, account } : each));
    const waves = Object.entries(tenant.waves).map(
      ([wave, stages]) => [wave, wave === place.wave ? placed(stages) : stages] as const,
    );
    return placements({ ...outline, tenants: [{ ...tenant, waves: Object.fromEntries(waves) }] }).length;
  };
  const without = problemsWith(undefined);
  return outline.accounts.flatMap(({ name }) => (name !== undefined && problemsWith(name) <= without ? [name] : []));
}
