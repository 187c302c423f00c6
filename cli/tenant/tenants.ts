import { listed, nearest } from '../../config/nearest.ts';
import type { Platform, TenantState } from '../../config/schema.ts';
import { columns } from '../columns.ts';
import { WrongInput } from '../failure.ts';
import { type PlannedPlacement, planOf, removedMeaning } from '../platform/plan.ts';

/** A tenant with everything that is known of it. */
export interface ListedTenant {
  readonly name: string;
  readonly workload: string;
  readonly owner: string;
  readonly state: TenantState;
  readonly waves: readonly ListedPlacement[];
}

interface ListedPlacement extends Pick<PlannedPlacement, 'region' | 'stages' | 'settings' | 'schedule'> {
  readonly wave: string;
  /** Why its stacks stay as they are for now. */
  readonly freezes: readonly string[];
  /** Why it has no stacks. */
  readonly withheld: readonly string[];
}

/** The tenants in the order of the file. */
export function listedTenants(platform: Platform): readonly ListedTenant[] {
  const { waves } = planOf(platform);
  return platform.tenants.map(({ name, workload, owner, state }) => ({
    name,
    workload,
    owner,
    state,
    waves: waves.flatMap((wave) => [
      ...wave.deployments.filter(({ tenant }) => tenant === name).map((placed) => listedPlacement(wave.name, placed)),
      ...wave.withheld
        .filter(({ tenant }) => tenant === name)
        .map(({ reasons, ...placed }) => listedPlacement(wave.name, { ...placed, freezes: [] }, reasons)),
    ]),
  }));
}

/** The tenant of that name; a name that is not in the file is wrong input. */
export function namedTenant(platform: Platform, name: string): ListedTenant {
  const tenants = listedTenants(platform);
  const tenant = tenants.find((candidate) => candidate.name === name);
  if (tenant) return tenant;
  const names = tenants.map((candidate) => candidate.name);
  const meant = nearest(name, names);
  throw new WrongInput(
    `no tenant is called "${name}" (expected ${listed(names)}${meant === undefined ? '' : `; did you mean "${meant}"?`})`,
  );
}

const listedPlacement = (
  wave: string,
  { region, stages, settings, schedule, freezes }: PlannedPlacement & { readonly freezes: readonly string[] },
  withheld: readonly string[] = [],
): ListedPlacement => ({ wave, region, stages, settings, schedule, freezes, withheld });

/** A line for each tenant. */
export const tenantTable = (tenants: readonly ListedTenant[]): readonly string[] =>
  tenants.length === 0
    ? ['no tenant; `npx crosswind tenant new <workload>` makes one']
    : columns(
        tenants.map(({ name, workload, owner, state, waves }) => [
          `  ${name}`,
          `services/${workload}`,
          state === 'removed' ? `${owner}, removed` : owner,
          waves.map(({ wave, stages }) => `${wave}: ${stages.map(placed).join(', ')}`).join('; '),
        ]),
        ['left', 'left', 'left', 'left'],
      );

/** One tenant, wave by wave. */
export const tenantLines = ({ name, workload, owner, state, waves }: ListedTenant): readonly string[] => [
  ...columns(
    [
      ['name', name],
      ['workload', `services/${workload}`],
      ['owner', owner],
      ...(state === 'removed' ? [['state', `removed: ${removedMeaning}`]] : []),
    ],
    ['left', 'left'],
  ),
  ...waves.flatMap(({ wave, region, stages, settings, schedule, freezes, withheld }) => [
    '',
    `wave ${wave} in ${region}`,
    ...columns(
      [
        ...stages.map(({ stage, name: account, id }) => [`  ${stage}`, `${account} ${id}`]),
        ...Object.entries(settings).map(([key, value]) => [`  ${key}`, JSON.stringify(value)]),
      ],
      ['left', 'left'],
    ),
    ...(schedule ? [`  starts by itself: ${schedule.expression} in ${schedule.timezone}`] : []),
    ...freezes.map((reason) => `  stays as it is: ${reason}`),
    ...withheld.map((reason) => `  not deployed: ${reason}`),
  ]),
];

const placed = ({ stage, name }: PlannedPlacement['stages'][number]): string => `${stage} ${name}`;
