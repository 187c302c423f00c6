import type { Outline } from './outline.ts';
import type { Path, PathProblem } from './problem.ts';

/** Dashboards that are there in any case, by the part of their name that a tenant's has, too. */
const dashboards = ['fleet'];

/** Tenants that are called as something of the platform is, and two placements whose stages would be called the same. */
export function reservedNames({ tenants }: Outline): readonly PathProblem[] {
  return [...tenants.flatMap(({ name }, index) => taken(['tenants', index, 'name'], name)), ...sameStages(tenants)];
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
