import { platformText } from '../synthesized.ts';

/**
 * The example platform with tenants that run in so many accounts, two accounts each.
 * @param stem beginning of the names of tenants; the names of accounts do not change with it
 */
export function platformIn(accounts: number, stem = 'tenant'): string {
  const tenants = Array.from({ length: accounts / 2 }, (_, index) => `tenant-${index}`);
  const account = (name: string, id: number): string =>
    `  - { name: ${name}, id: '${300_000_000_000 + id}', email: aws+${name}@example.com, organizationalUnit: Workloads }`;
  const beforeWorkloads = platformText
    .slice(0, platformText.indexOf('  - name: word-parent-dev'))
    .replace('  - name: prod\n    approval: true\n', '');
  return [
    beforeWorkloads.trimEnd(),
    ...tenants.map((name, index) => account(`${name}-parent`, 2 * index)),
    ...tenants.map((name, index) => account(`${name}-child`, 2 * index + 1)),
    'tenants:',
    ...tenants.flatMap((name, index) => [
      `  - name: ${stem}-${index}`,
      '    workload: word-count',
      '    owner: letters-team',
      `    waves: { dev: { parent: ${name}-parent, child: ${name}-child } }`,
    ]),
  ].join('\n');
}
