import type { Outline, OutlinedStage } from './outline.ts';
import type { Path, PathProblem } from './problem.ts';

/** Where tenants run: never in an account of the platform itself, each stage in an account of its own, all in one region. */
export function placements(outline: Outline): readonly PathProblem[] {
  return outline.tenants.flatMap(({ name = '', waves }, tenant) =>
    Object.entries(waves).flatMap(([wave, stages], index, all) =>
      stages.flatMap((placed, position) => {
        const { stage, account } = placed;
        if (account === undefined) return [];
        const path = ['tenants', tenant, 'waves', wave, stage];
        const sharing = stages.slice(0, position).find((other) => other.account === account);
        if (sharing) return [together(path, name, sharing.stage, stage)];
        return [
          ...reserved(outline, path, account),
          ...takenBy(all.slice(0, index), path, account, name),
          ...acrossRegions(outline, path, name, stages[0], { stage, account }),
        ];
      }),
    ),
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
  earlier: readonly (readonly [wave: string, stages: readonly OutlinedStage[]])[],
  path: Path,
  account: string,
  tenant: string,
): readonly PathProblem[] {
  const taken = earlier.find(([, stages]) => stages.some((placed) => placed.account === account));
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

const together = (path: Path, tenant: string, one: string, other: string): PathProblem => ({
  path,
  what: `${one} and ${other} of "${tenant}" are in one account`,
  expected: `another account than the ${one}'s`,
  fix: 'choose two accounts',
});

/** A stage in another region than the entry is. */
function acrossRegions(
  { accounts, region: platformRegion }: Outline,
  path: Path,
  tenant: string,
  entry: OutlinedStage | undefined,
  { stage, account }: OutlinedStage,
): readonly PathProblem[] {
  const regionOf = (name: string | undefined): string | undefined => {
    const found = accounts.find((candidate) => candidate.name === name);
    return found && (found.region ?? platformRegion);
  };
  const [from, to] = [regionOf(entry?.account), regionOf(account)];
  if (entry === undefined || from === undefined || to === undefined || from === to) return [];
  return [
    {
      path,
      what: `${entry.stage} and ${stage} of "${tenant}" are in different regions, which Step Functions cannot cross`,
      got: `${account ?? ''} in ${to}`,
      expected: `an account in ${from}, where the ${entry.stage} is`,
      fix: 'choose another account, or change the region of one',
    },
  ];
}
