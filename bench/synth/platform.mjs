import { readFileSync } from 'node:fs';
import { parse, stringify } from 'yaml';

/** The platform of the tests of wind speeds with so many workload accounts, a multiple of 4: every tenant has two in each of two waves. */
export function platformWith(accounts) {
  const platform = parse(readFileSync('services/wind-speed/test/platform.yaml', 'utf8'));
  const [tenant] = platform.tenants;
  const own = platform.accounts.filter(({ organizationalUnit }) => organizationalUnit === 'Infrastructure');
  const waves = platform.waves.map(({ name }) => name);
  const tenants = Array.from({ length: accounts / 4 }, (_, index) => `tenant-${index}`);
  const placements = tenants.flatMap((name) =>
    waves.map((wave) => ({ name, wave, parent: `${name}-${wave}-a`, child: `${name}-${wave}-b` })),
  );
  return stringify({
    ...platform,
    accounts: [
      ...own,
      ...placements
        .flatMap(({ parent, child }) => [parent, child])
        .map((name, index) => ({
          name,
          id: String(300_000_000_000 + index),
          email: `aws+${name}@example.com`,
          organizationalUnit: 'Workloads',
        })),
    ],
    tenants: tenants.map((name) => ({
      ...tenant,
      name,
      waves: Object.fromEntries(
        placements.filter((placed) => placed.name === name).map(({ wave, parent, child }) => [wave, { parent, child }]),
      ),
    })),
  });
}
