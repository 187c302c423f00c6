import { filterOf, type PermissionGroup, verdictFilters } from '../../chart/permission-groups.ts';
import { countOf } from '../../chart/time-text.ts';
import type { Address, View } from '../../models/address.ts';
import { Counted, FilterLinks } from '../parts/filter-links.tsx';
import { SearchField } from '../parts/search-field.tsx';
import { hrefOf, replace } from '../state/store.ts';

export interface PermissionFiltersProps {
  readonly groups: readonly PermissionGroup[];
  /** Rows that are left. */
  readonly count: number;
  readonly address: Address;
  /** Principal whose decisions are shown alone; undefined for all. */
  readonly item: string | undefined;
}

/** Narrows the list by verdict and by text. */
export function PermissionFilters({ groups, count, address, item }: PermissionFiltersProps) {
  const view: View = { name: 'permissions', item };
  const { filter, state } = address;
  return (
    <>
      <FilterLinks
        label="Verdicts"
        links={[undefined, ...verdictFilters].map((verdict) => ({
          href: hrefOf(view, { filter, state: verdict }),
          isCurrent: state === verdict,
          children: (
            <Counted
              word={verdict ?? 'all'}
              count={groups.filter((group) => verdict === undefined || filterOf(group.verdict) === verdict).length}
            />
          ),
        }))}
      />
      <p class="tools">
        <SearchField
          label="Filter by role, action, resource or account"
          placeholder="Filter by role, action, resource"
          value={filter}
          onText={(text) => {
            replace({ ...address, event: undefined, filter: text });
          }}
        />
        <span class="quiet">{countOf(count, 'row')}, times in UTC</span>
      </p>
    </>
  );
}
