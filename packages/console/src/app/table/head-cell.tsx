import type { SortBy } from '../../chart/table-rows.ts';
import { Name } from '../parts/name.tsx';

export interface HeadCellProps {
  readonly heading: string;
  readonly align: 'left' | 'right';
  /** Undefined if the rows are not sorted by this column. */
  readonly sorted: SortBy | undefined;
  readonly onSort: () => void;
}

/** Head of a column, which sorts by it. */
export function HeadCell({ heading, align, sorted, onSort }: HeadCellProps) {
  const order = sorted && (sorted.isDescending ? 'descending' : 'ascending');
  return (
    <span role="columnheader" aria-sort={order ?? 'none'} class={align === 'right' ? 'number cell' : 'cell'}>
      <button type="button" class="sort" onClick={onSort}>
        <Name>{heading === '' ? '#' : heading}</Name>
        <svg viewBox="0 0 8 10" width="8" height="10" aria-hidden="true">
          {order !== 'descending' && <path d="M4 0 7 4H1z" />}
          {order !== 'ascending' && <path d="M4 10 1 6h6z" />}
        </svg>
      </button>
    </span>
  );
}
