import { countOf } from '../../chart/time-text.ts';
import type { Snapshot } from '../../models/snapshot.ts';
import { SearchField } from '../parts/search-field.tsx';
import { address, replace } from '../state/store.ts';

export interface RunToolsProps {
  readonly models: Snapshot;
  /** Rows that are left. */
  readonly count: number;
  readonly filter: string;
}

/** Names of tenants that the field proposes at most. */
const mostNames = 200;

/** Narrows the list to a tenant, an account, or whatever names a text. */
export function RunTools({ models, count, filter }: RunToolsProps) {
  const tenants = models.sections.organization?.tenants ?? [];
  return (
    <p class="tools">
      <SearchField
        label="Filter by tenant, run or account"
        placeholder="Filter by tenant, run, account"
        list="run-tenants"
        value={filter}
        onText={(text) => {
          replace({ ...address.value, filter: text });
        }}
      />
      <datalist id="run-tenants">
        {tenants.slice(0, mostNames).map(({ name }) => (
          <option key={name} value={name} />
        ))}
      </datalist>
      <span class="quiet">{countOf(count, 'run')}, times in UTC</span>
    </p>
  );
}
