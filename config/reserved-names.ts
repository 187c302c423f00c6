import type { Outline } from './outline.ts';
import type { Path, PathProblem } from './problem.ts';
import { breakGlassRoleName } from './role-names.ts';

/** Dashboards that are there in any case, by the part of their name that a tenant's has, too. */
const dashboards = ['fleet'];

/** Tenants whose names would be those of something else: of the platform, of another placement, of another tenant. */
export function reservedNames({ tenants }: Outline): readonly PathProblem[] {
  return [
    ...tenants.flatMap(({ name }, index) => taken(['tenants', index, 'name'], name)),
    ...rolesOfPlatform(tenants),
    ...sameStages(tenants),
    ...sameBeginnings(tenants),
  ];
}

const taken = (path: Path, name: string | undefined): PathProblem[] =>
  name !== undefined && dashboards.includes(name)
    ? [
        {
          path,
          what: `the platform has a ${name} of its own`,
          expected: 'a tenant called otherwise',
          fix: 'rename it',
        },
      ]
    : [];

/** A stage is called `<wave>-<tenant>`: wave `a` with tenant `b-c` is that of wave `a-b` with tenant `c`. */
function sameStages(tenants: Outline['tenants']): readonly PathProblem[] {
  const placements = tenants.flatMap(({ name = '', waves }, tenant) =>
    Object.keys(waves).map((wave) => ({ stage: `${wave}-${name}`, wave, name, tenant })),
  );
  return placements.flatMap(({ stage, wave, name, tenant }, index): PathProblem[] => {
    const other = placements.slice(0, index).find((earlier) => earlier.stage === stage && earlier.wave !== wave);
    if (!other) return [];
    return [
      {
        path: ['tenants', tenant, 'waves', wave],
        what: `the stage "${stage}" would be that of tenant "${other.name}" in wave "${other.wave}", too`,
        got: `${name} in ${wave}`,
        expected: 'names that cannot be mistaken when wave and tenant are joined by a hyphen',
        fix: 'rename the tenant or the wave',
      },
    ];
  });
}

/** A caller's role is called `crosswind-<tenant>-<stage>`; the role for emergencies is exempt from the organization's policies. */
const rolesOfPlatform = (tenants: Outline['tenants']): readonly PathProblem[] =>
  tenants.flatMap(({ name = '', waves }, tenant) => {
    const stages = new Set(Object.values(waves).flatMap((placed) => placed.map(({ stage }) => stage)));
    const stage = [...stages].find((each) => `crosswind-${name}-${each}` === breakGlassRoleName);
    if (stage === undefined) return [];
    return [
      {
        path: ['tenants', tenant, 'name'],
        what: `the role of its stage "${stage}" would be "${breakGlassRoleName}", which each account has for emergencies`,
        got: name,
        expected: 'a tenant called otherwise',
        fix: 'rename it',
      },
    ];
  });

/**
 * Names end with the stage, or with what a stage calls its further resources: the machine `import` of the stage `child` of
 * tenant `x`, and the stage `import` of tenant `x-child`, are both `crosswind-x-child-import`. Stages have no hyphen, so
 * nothing else of two tenants can be called the same. What further resources a stage has, only its code knows.
 */
function sameBeginnings(tenants: Outline['tenants']): readonly PathProblem[] {
  const placed = tenants.flatMap(({ name = '', waves }, tenant) =>
    Object.entries(waves).flatMap(([wave, stages]) => stages.map((each) => ({ ...each, name, tenant, wave }))),
  );
  return placed.flatMap((longer): PathProblem[] => {
    const shorter = placed.find(
      ({ name, stage, account }) =>
        account !== undefined && account === longer.account && `${longer.name}-`.startsWith(`${name}-${stage}-`),
    );
    if (!shorter) return [];
    const beginning = `crosswind-${shorter.name}-${shorter.stage}-`;
    return [
      {
        path: ['tenants', longer.tenant, 'waves', longer.wave, longer.stage],
        what:
          `names of "${longer.name}" in "${longer.account ?? ''}" would begin with "${beginning}", as those of what the ` +
          `stage "${shorter.stage}" of "${shorter.name}" has besides its workflow`,
        got: longer.name,
        expected: `a tenant whose name does not begin with "${shorter.name}-${shorter.stage}", or an account without "${shorter.name}"`,
        fix: 'rename one of the two tenants before it is deployed, or choose another account',
      },
    ];
  });
}
