import { urgency } from '../../models/family.ts';
import type { OrganizationModel, TenantModel } from '../../models/organization.ts';
import { remembered } from '../../models/remembered.ts';
import type { Snapshot } from '../../models/snapshot.ts';
import type { ShownState } from '../../models/states.ts';
import { type Cell, cellOf } from './cell.ts';
import { lastRunOf } from './last-runs.ts';
import { looseCells } from './loose-cells.ts';
import { withRefusals } from './refusals.ts';

/** A tenant, or accounts of no tenant, as a row. */
export interface OrganizationRow {
  /** Stays the same as long as the row means the same. */
  readonly id: string;
  /** Undefined for accounts of no tenant. */
  readonly tenant: TenantModel | undefined;
  /** By wave; accounts of no tenant are in the wave ''. */
  readonly cells: ReadonlyMap<string, Cell>;
  /** The worst state of the last runs in it; undefined if nothing ran. */
  readonly worst: ShownState | undefined;
  /** True if somebody should look at it: a last run went wrong, or calls between its accounts are denied. */
  readonly needsLook: boolean;
}

type PlainRow = Pick<OrganizationRow, 'id' | 'tenant' | 'cells'>;

/** Rows before anything ran: they stay the same as long as nothing is deployed. */
const plainRows = remembered((organization: OrganizationModel): readonly PlainRow[] => [
  ...organization.tenants.map((tenant) => ({
    id: `tenant ${tenant.name}`,
    tenant,
    cells: new Map(tenant.cells.map((cell) => [cell.wave, cellOf(organization, cell)])),
  })),
  ...looseCells(organization).map((cell) => ({
    id: `account ${cell.boxes[0]?.account ?? ''}`,
    tenant: undefined,
    cells: new Map([['', cell]]),
  })),
]);

/** All rows: tenants in their order, then accounts of no tenant. */
export const organizationRows = remembered((models: Snapshot): readonly OrganizationRow[] => {
  const { organization } = models.sections;
  return organization ? plainRows(organization).map((row) => rowOf(models, row)) : [];
});

function rowOf(models: Snapshot, { id, tenant, cells: plain }: PlainRow): OrganizationRow {
  const cells = new Map([...plain].map(([wave, cell]) => [wave, withRefusals(cell, models.decisions)]));
  let worst: ShownState | undefined;
  let isDenied = false;
  for (const { boxes, lines } of cells.values()) {
    isDenied ||= lines.some(({ denied }) => denied !== null);
    for (const { machines } of boxes) {
      const state = lastRunOf(models, machines)?.state;
      if (state !== undefined && (worst === undefined || urgency(state) < urgency(worst))) worst = state;
    }
  }
  const isWrong = worst !== undefined && urgency(worst) <= urgency('aborted');
  return { id, tenant, cells, worst, needsLook: isWrong || isDenied };
}

/** How a list of tenants is sorted. */
export const rowOrders = ['what needs you first', 'by name', 'by owner'] as const;

export type RowOrder = (typeof rowOrders)[number];

/** Rows in an order; those that are alike in it stay in theirs. */
export function sortedRows(rows: readonly OrganizationRow[], order: RowOrder): readonly OrganizationRow[] {
  const place = ({ needsLook, worst }: OrganizationRow): number =>
    needsLook ? 0 : worst === 'running' || worst === 'waiting' ? 1 : 2;
  const name = ({ tenant }: OrganizationRow): string => tenant?.name ?? '\uffff';
  const compare = (one: string, other: string): number => (one < other ? -1 : Number(one > other));
  return [...rows].sort((one, other) => {
    if (order === 'by name') return compare(name(one), name(other));
    if (order === 'by owner')
      return compare(one.tenant?.owner ?? '\uffff', other.tenant?.owner ?? '\uffff') || compare(name(one), name(other));
    return Number(one.tenant === undefined) - Number(other.tenant === undefined) || place(one) - place(other);
  });
}

/** Rows that name a text in a tenant, its owner or workload, an account or its id. */
export function rowsNaming(
  rows: readonly OrganizationRow[],
  text: string,
  { accounts }: OrganizationModel,
): readonly OrganizationRow[] {
  const wanted = text.trim().toLowerCase();
  if (wanted === '') return rows;
  const names = new Map(accounts.map(({ id, name }) => [id, name]));
  const has = (part: string | undefined): boolean => part?.toLowerCase().includes(wanted) === true;
  return rows.filter(
    ({ tenant, cells }) =>
      has(tenant?.name) ||
      has(tenant?.owner) ||
      has(tenant?.workload) ||
      [...cells.values()].some(({ boxes }) => boxes.some(({ account }) => has(account) || has(names.get(account)))),
  );
}
