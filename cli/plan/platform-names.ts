import type { Platform } from '../../config/schema.ts';

/** Names and ids that make the same change differ from place to place. */
export const platformNames = ({ accounts, tenants, waves, region }: Platform): readonly string[] => [
  region,
  ...accounts.flatMap(({ id, name, region: own }) => [id, name, own]),
  ...tenants.map(({ name }) => name),
  ...waves.map(({ name }) => name),
];

/** Names that may be in the templates of an account: of its tenants, their accounts and their waves; of no others. */
export function namesByAccount(platforms: readonly Platform[]): (account: string) => readonly string[] {
  const known = new Map<string, Set<string>>();
  for (const { accounts, tenants, region } of platforms) {
    const byName = new Map(accounts.map((account) => [account.name, account]));
    for (const tenant of tenants) {
      for (const [wave, { stages }] of Object.entries(tenant.waves)) {
        const placed = stages.flatMap(({ account }) => byName.get(account) ?? []);
        const names = [region, tenant.name, wave, ...placed.flatMap(({ id, name, region: own }) => [id, name, own])];
        for (const { id } of placed) known.set(id, new Set([...(known.get(id) ?? []), ...names]));
      }
    }
  }
  return (account) => [...(known.get(account) ?? [])];
}
