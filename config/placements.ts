import type { Outline } from './outline.ts';
import type { Path, PathProblem } from './problem.ts';

/** Where tenants run: never in an account of the platform itself, parent and child apart, but in one region. */
export function placements(outline: Outline): readonly PathProblem[] {
  return outline.tenants.flatMap(({ name = '', waves }, tenant) =>
    Object.entries(waves).flatMap(([wave, { parent, child }], index, all) => {
      const path = ['tenants', tenant, 'waves', wave];
      const earlier = all.slice(0, index);
      return (['parent', 'child'] as const).flatMap((role) => {
        const account = { parent, child }[role];
        if (account === undefined) return [];
        if (role === 'child' && parent === child) return [together([...path, role], name)];
        return [
          ...reserved(outline, [...path, role], account),
          ...takenBy(earlier, [...path, role], account, name),
          ...(role === 'child' ? acrossRegions(outline, [...path, role], name, parent, account) : []),
        ];
      });
    }),
  );
}

/** Accounts where no workload may run, because what guards or deploys the others is there. */
function reserved({ organization, pipeline, monitoring, accounts }: Outline, path: Path, account: string) {
  const id = accounts.find(({ name }) => name === account)?.id;
  const kinds = [
    ...(account === pipeline.account ? ['pipeline'] : []),
    ...(account === monitoring.account ? ['monitoring'] : []),
    ...(id !== undefined && id === organization.managementAccount ? ['management'] : []),
  ];
  if (kinds.length === 0) return [];
  return [
    {
      path,
      what: `a workload must not run in the ${kinds.join(' and ')} account`,
      expected: 'an account for workloads',
      fix: 'choose another account',
    },
  ];
}

/** A tenant's names are fixed, so an account holds it once. */
function takenBy(
  earlier: readonly (readonly [string, { readonly parent?: string; readonly child?: string }])[],
  path: Path,
  account: string,
  tenant: string,
): readonly PathProblem[] {
  const taken = earlier.find(([, { parent, child }]) => parent === account || child === account);
  if (!taken) return [];
  return [
    {
      path,
      what: `"${account}" already runs "${tenant}" in wave "${taken[0]}"`,
      expected: 'an account that does not, because its names are fixed',
      fix: 'choose another account',
    },
  ];
}

const together = (path: Path, tenant: string): PathProblem => ({
  path,
  what: `parent and child of "${tenant}" are in one account`,
  expected: "another account than the parent's",
  fix: 'choose two accounts',
});

function acrossRegions(
  { accounts, region: platformRegion }: Outline,
  path: Path,
  tenant: string,
  parent: string | undefined,
  child: string,
): readonly PathProblem[] {
  const regionOf = (name: string | undefined): string | undefined => {
    const account = accounts.find((candidate) => candidate.name === name);
    return account && (account.region ?? platformRegion);
  };
  const [from, to] = [regionOf(parent), regionOf(child)];
  if (from === undefined || to === undefined || from === to) return [];
  return [
    {
      path,
      what: `parent and child of "${tenant}" are in different regions, which Step Functions cannot cross`,
      got: `${child} in ${to}`,
      expected: `an account in ${from}, where the parent is`,
      fix: 'choose another account, or change the region of one',
    },
  ];
}
