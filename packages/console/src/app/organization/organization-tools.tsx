import type { Signal } from '@preact/signals';
import { capitalized } from '../../chart/capitalized.ts';
import { type OrganizationRow, type RowOrder, rowOrders } from '../../chart/organization/rows.ts';
import { countOf } from '../../chart/time-text.ts';
import type { Address } from '../../models/address.ts';
import { PressButton } from '../parts/press-button.tsx';
import { SearchField } from '../parts/search-field.tsx';
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
      <SearchField
        label="Find an account, a tenant or an owner"
        placeholder="Find an account, tenant, owner"
        value={address.filter}
        onText={(text) => {
          replace({ ...address, filter: text });
        }}
      />
      {rowOrders.map((each) => (
        <PressButton
          key={each}
          isPressed={order.value === each}
          onPress={() => {
            order.value = each;
          }}
        >
          {capitalized(each)}
        </PressButton>
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
