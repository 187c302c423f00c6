import { readFileSync } from 'node:fs';
import { parse, stringify } from 'yaml';

/**
 * The platform of the tests of wind speeds with so many accounts in all, the pipeline's and the monitoring account
 * included, an even number. Every tenant has two accounts in each of two waves; the last may have the first wave only.
 */
export function platformWith(accounts) {
  const platform = parse(readFileSync('services/wind-speed/test/platform.yaml', 'utf8'));
  const [tenant] = platform.tenants;
  const own = platform.accounts.filter(({ organizationalUnit }) => organizationalUnit === 'Infrastructure');
  const waves = platform.waves.map(({ name }) => name);
  const placements = Array.from({ length: (accounts - own.length) / 2 }, (_, index) => {
    const name = `tenant-${Math.floor(index / waves.length)}`;
    const wave = waves[index % waves.length];
    return { name, wave, parent: `${name}-${wave}-a`, child: `${name}-${wave}-b` };
  });
  const tenants = [...new Set(placements.map(({ name }) => name))];
  return stringify({
    ...platform,
    // What wind speeds import: without it, the boundary of each account denies the import.
    organization: { ...platform.organization, publicBuckets: ['noaa-gsod-pds'] },
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
