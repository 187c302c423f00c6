import type { ExecutionModel } from '../models/executions.ts';
import type { OrganizationModel } from '../models/organization.ts';
import { remembered } from '../models/remembered.ts';
import type { Snapshot } from '../models/snapshot.ts';

/** Tenant and wave of a state machine. */
export interface PlaceOfMachine {
  readonly tenant: string;
  readonly wave: string;
}

const places = remembered(({ tenants, accounts }: OrganizationModel): ReadonlyMap<string, PlaceOfMachine> => {
  const machines = new Map<string, string[]>();
  for (const { id, machines: own } of accounts)
    for (const { arn, stack } of own) machines.set(`${id} ${stack}`, [...(machines.get(`${id} ${stack}`) ?? []), arn]);
  return new Map(
    tenants.flatMap(({ name: tenant, cells }) =>
      cells.flatMap(({ wave, stages }) =>
        stages.flatMap(({ machine, account, stack }) =>
          [machine, ...(machines.get(`${account} ${stack}`) ?? [])].map((arn) => [arn, { tenant, wave }] as const),
        ),
      ),
    ),
  );
});

/** Tenant and wave of a run by its state machine; undefined for one of no tenant. */
export const placeOf = (
  { sections: { organization } }: Pick<Snapshot, 'sections'>,
  { machineArn }: ExecutionModel,
): PlaceOfMachine | undefined => (organization ? places(organization).get(machineArn) : undefined);

/** Runs whose tenant, wave, title, name, account or state machine has a text in it, in any case. */
export function runsNaming(models: Snapshot, runs: readonly ExecutionModel[], text: string): readonly ExecutionModel[] {
  const wanted = text.trim().toLowerCase();
  if (wanted === '') return runs;
  const names = new Map(models.accounts.map(({ id, name }) => [id, name]));
  const has = (part: string | undefined): boolean => part?.toLowerCase().includes(wanted) === true;
  return runs.filter((run) => {
    const place = placeOf(models, run);
    // The name of a tenant means that one, not those whose names begin alike.
    if (place?.tenant.toLowerCase() === wanted) return true;
    if (isTenant(models, wanted)) return false;
    return [place?.tenant, place?.wave, run.title, run.name, run.machineArn, names.get(run.account)].some(has);
  });
}

const tenantNames = remembered(
  ({ tenants }: OrganizationModel): ReadonlySet<string> => new Set(tenants.map(({ name }) => name.toLowerCase())),
);

const isTenant = ({ sections: { organization } }: Snapshot, name: string): boolean =>
  organization !== null && tenantNames(organization).has(name);
