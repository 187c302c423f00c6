import { filterOf, type PermissionGroup, verdictFilters } from '../../chart/permission-groups.ts';
import { countOf, countText } from '../../chart/time-text.ts';
import type { Address, View } from '../../models/address.ts';
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
  const view: View = { name: 'permissions', ...(item !== undefined && { item }) };
  const { filter, state } = address;
  const kept = filter === undefined ? {} : { filter };
  return (
    <>
      <nav class="filters" aria-label="Verdicts">
        <a href={hrefOf(view, kept)} aria-current={state === undefined ? 'true' : undefined}>
          all <span class="quiet">{countText(groups.length)}</span>
        </a>
        {verdictFilters.map((verdict) => (
          <a
            key={verdict}
            href={hrefOf(view, { ...kept, state: verdict })}
            aria-current={state === verdict ? 'true' : undefined}
          >
            {verdict}{' '}
            <span class="quiet">{countText(groups.filter((group) => filterOf(group.verdict) === verdict).length)}</span>
          </a>
        ))}
      </nav>
      <p class="tools">
        <input
          type="search"
          data-filter
          aria-label="Filter by role, action, resource or account"
          placeholder="Filter by role, action, resource"
          value={filter ?? ''}
          onInput={({ currentTarget: { value } }) => {
            replace({ ...address, event: undefined, filter: value === '' ? undefined : value });
          }}
        />
        <span class="quiet">{countOf(count, 'row')}, times in UTC</span>
      </p>
    </>
  );
}
