import type { Signal } from '@preact/signals';
import { type OrganizationRow, type RowOrder, rowOrders } from '../../chart/organization/rows.ts';
import { countOf } from '../../chart/time-text.ts';
import type { Address } from '../../models/address.ts';
import { replace } from '../state/store.ts';

export interface OrganizationToolsProps {
  readonly address: Address;
  /** Rows that are left. */
  readonly rows: readonly OrganizationRow[];
  readonly order: Signal<RowOrder>;
}

/** Finds accounts, and sorts the rows. */
export function OrganizationTools({ address, rows, order }: OrganizationToolsProps) {
  return (
    <p class="tools">
      <input
        type="search"
        data-filter
        aria-label="Find an account, a tenant or an owner"
        placeholder="Find an account, tenant, owner"
        value={address.filter ?? ''}
        onInput={({ currentTarget: { value } }) => {
          replace({ ...address, filter: value === '' ? undefined : value });
        }}
      />
      {rowOrders.map((each) => (
        <button
          key={each}
          type="button"
          class="button small"
          aria-pressed={order.value === each}
          onClick={() => {
            order.value = each;
          }}
        >
          {`${each.charAt(0).toUpperCase()}${each.slice(1)}`}
        </button>
      ))}
      <span class="quiet">{countText(rows)}</span>
    </p>
  );
}

/** Rows that are left, tenants apart from accounts of none. */
function countText(rows: readonly OrganizationRow[]): string {
  const tenants = rows.filter(({ tenant }) => tenant !== undefined).length;
  const others = rows.length - tenants;
  const parts = [
    ...(tenants > 0 || others === 0 ? [countOf(tenants, 'tenant')] : []),
    ...(others > 0 ? [countOf(others, 'row not of a tenant', 'rows not of a tenant')] : []),
  ];
  return parts.join(', ');
}
