import { type PermissionGroup, shortPrincipal, timesText } from '../../chart/permission-groups.ts';
import { clockText, countText } from '../../chart/time-text.ts';
import type { Address } from '../../models/address.ts';
import { Name } from '../parts/name.tsx';
import { hrefOf } from '../state/store.ts';
import { GridTable } from '../table/grid-table.tsx';
import { RowLink } from '../table/row-link.tsx';
import { Verdict } from './verdict.tsx';
import { WhenStrip } from './when-strip.tsx';

export interface PermissionTableProps {
  readonly rows: readonly PermissionGroup[];
  /** Place of the row whose detail is open; -1 for none. */
  readonly openAt: number;
  readonly address: Address;
  readonly item: string | undefined;
  /** Name of an account by its id. */
  readonly nameOf: (account: string) => string;
}

/** Groups as rows, each of them a link to its detail. */
export function PermissionTable({ rows, openAt, address, item, nameOf }: PermissionTableProps) {
  const from = rows.reduce((least, { first }) => Math.min(least, first), Infinity);
  const to = rows.reduce((most, { last }) => Math.max(most, last), -Infinity);
  const { filter, state } = address;
  return (
    <GridTable
      name="permissions"
      label="Decisions"
      columns={[
        ['Verdict'],
        ['Role and action', 'cell-name'],
        ['Account', 'cell-name wide-only'],
        ['Times', 'number'],
        [`${clockText(from).slice(0, 5)} to ${clockText(to).slice(0, 5)}`, 'when'],
      ]}
      rows={rows}
      openAt={openAt}
      cells={(group, place) => [
        <Verdict verdict={group.verdict} />,
        <RowLink place={place} href={hrefOf({ name: 'permissions', item }, { filter, state, event: group.id })}>
          <GroupText group={group} />
        </RowLink>,
        <Name>{group.accounts.map(nameOf).join(', ')}</Name>,
        countedText(group),
        <WhenStrip group={group} from={from} to={to} width={112} height={18} label={whenText(group)} />,
      ]}
    />
  );
}

/** Role and action of a group as a sentence. */
export const GroupText = ({ group: { principal, verdict, action } }: { readonly group: PermissionGroup }) => (
  <>
    <Name>{shortPrincipal(principal)}</Name> <span class="quiet">{verdict === 'allowed' ? 'may' : 'may not'}</span>{' '}
    <Name>{action}</Name>
  </>
);

/** How many decisions a group has. */
export const countedText = ({ isEstimated, times }: PermissionGroup): string =>
  `${isEstimated ? 'about ' : ''}${countText(times)}`;

/** Sentence with the same as the strip of a group. */
export const whenText = (group: PermissionGroup): string =>
  group.first === group.last
    ? `${timesText([group])} at ${clockText(group.first)} UTC`
    : `${timesText([group])} from ${clockText(group.first)} to ${clockText(group.last)} UTC`;
