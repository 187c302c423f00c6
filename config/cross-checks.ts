import type { Platform } from './schema.ts';

/** A problem at a path of the document. */
export interface PathProblem {
  readonly path: readonly (string | number)[];
  /** Whether the last key of the path is wrong, rather than the value that it leads to. */
  readonly key?: true;
  readonly message: string;
}

/** What one value alone cannot show: names that point nowhere, things that exist twice, workloads in the wrong account. */
export function crossChecks(platform: Platform): readonly PathProblem[] {
  return [
    ...duplicates(platform.accounts, 'accounts', 'name'),
    ...duplicates(platform.accounts, 'accounts', 'id'),
    ...duplicates(platform.accounts, 'accounts', 'email'),
    ...duplicates(platform.waves, 'waves', 'name'),
    ...duplicates(platform.tenants, 'tenants', 'name'),
    ...danglingAccounts(platform),
    ...placements(platform),
  ];
}

function duplicates<Key extends string>(
  items: readonly Readonly<Record<Key, string>>[],
  list: string,
  key: Key,
): readonly PathProblem[] {
  const first = new Map<string, number>();
  return items.flatMap((item, index) => {
    const value = item[key];
    const earlier = first.get(value);
    if (earlier !== undefined) {
      return [{ path: [list, index, key], message: `${key} "${value}" is already used by ${list}[${earlier}]` }];
    }
    first.set(value, index);
    return [];
  });
}

function danglingAccounts(platform: Platform): readonly PathProblem[] {
  const known = new Set<string>(platform.accounts.map(({ name }) => name));
  return accountReferences(platform)
    .filter(({ name }) => !known.has(name))
    .map(({ path, name }) => ({ path, message: `no account is called "${name}" (known: ${[...known].join(', ')})` }));
}

function accountReferences(platform: Platform): readonly { path: readonly (string | number)[]; name: string }[] {
  return [
    { path: ['pipeline', 'account'], name: platform.pipeline.account },
    { path: ['monitoring', 'account'], name: platform.monitoring.account },
    ...platform.tenants.flatMap(({ waves }, tenant) =>
      Object.entries(waves).flatMap(([wave, { parent, child }]) => [
        { path: ['tenants', tenant, 'waves', wave, 'parent'], name: parent },
        { path: ['tenants', tenant, 'waves', wave, 'child'], name: child },
      ]),
    ),
  ];
}

function placements(platform: Platform): readonly PathProblem[] {
  const waveNames = new Set<string>(platform.waves.map(({ name }) => name));
  return platform.tenants.flatMap(({ name: tenantName, waves }, tenant) => {
    const used = new Map<string, string>();
    return Object.entries(waves).flatMap(([wave, { parent, child }]) => {
      const path = ['tenants', tenant, 'waves', wave];
      const problems: PathProblem[] = [];
      if (!waveNames.has(wave)) {
        problems.push({
          path,
          key: true,
          message: `no wave is called "${wave}" (known: ${[...waveNames].join(', ')})`,
        });
      }
      if (parent === child) {
        problems.push({
          path: [...path, 'child'],
          message: `parent and child of "${tenantName}" are both in "${child}"; choose two accounts`,
        });
      }
      for (const [role, account] of Object.entries({ parent, child })) {
        const taken = used.get(account);
        if (taken !== undefined && taken !== wave) {
          problems.push({
            path: [...path, role],
            message: `"${account}" already runs "${tenantName}" in wave "${taken}"; its names are fixed, choose another account`,
          });
        }
        used.set(account, wave);
      }
      return problems;
    });
  });
}
