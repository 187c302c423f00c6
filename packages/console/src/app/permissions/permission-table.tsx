import { type PermissionGroup, shortPrincipal, timesText } from '../../chart/permission-groups.ts';
import { clockText, countText } from '../../chart/time-text.ts';
import type { Address } from '../../models/address.ts';
import { Name } from '../parts/name.tsx';
import { VirtualList } from '../parts/virtual-list.tsx';
import { hrefOf } from '../state/store.ts';
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
  const kept = { ...(filter !== undefined && { filter }), ...(state !== undefined && { state }) };
  return (
    <div class="grid-table permissions" role="table" aria-label="Decisions" aria-rowcount={rows.length + 1}>
      <div role="rowgroup">
        <div class="grid-row head" role="row">
          <span role="columnheader">Verdict</span>
          <span role="columnheader">Role and action</span>
          <span role="columnheader" class="wide-only">
            Account
          </span>
          <span role="columnheader" class="number">
            Times
          </span>
          <span
            role="columnheader"
            class="when"
          >{`${clockText(from).slice(0, 5)} to ${clockText(to).slice(0, 5)}`}</span>
        </div>
      </div>
      <VirtualList
        count={rows.length}
        rowHeight={32}
        {...(openAt >= 0 && { first: openAt })}
        row={(index, isStop) => {
          const group = rows[index];
          return (
            group && (
              <div class={`grid-row ${index === openAt ? 'is-open' : ''}`} role="row" aria-rowindex={index + 2}>
                <span role="cell">
                  <Verdict verdict={group.verdict} />
                </span>
                <span role="cell" class="cell-name">
                  <a
                    data-row
                    tabIndex={isStop ? 0 : -1}
                    data-open={index === openAt ? '' : undefined}
                    aria-current={index === openAt ? 'true' : undefined}
                    href={hrefOf(
                      { name: 'permissions', ...(item !== undefined && { item }) },
                      { ...kept, event: group.id },
                    )}
                  >
                    <Name>{shortPrincipal(group.principal)}</Name>{' '}
                    <span class="quiet">{group.verdict === 'allowed' ? 'may' : 'may not'}</span>{' '}
                    <Name>{group.action}</Name>
                  </a>
                </span>
                <span role="cell" class="cell-name wide-only">
                  <Name>{group.accounts.map(nameOf).join(', ')}</Name>
                </span>
                <span role="cell" class="number">
                  {group.isEstimated && 'about '}
                  {countText(group.times)}
                </span>
                <span role="cell" class="when">
                  <WhenStrip group={group} from={from} to={to} width={112} height={18} label={whenText(group)} />
                </span>
              </div>
            )
          );
        }}
      />
    </div>
  );
}

/** Sentence with the same as the strip of a group. */
export const whenText = (group: PermissionGroup): string =>
  group.first === group.last
    ? `${timesText([group])} at ${clockText(group.first)} UTC`
    : `${timesText([group])} from ${clockText(group.first)} to ${clockText(group.last)} UTC`;
