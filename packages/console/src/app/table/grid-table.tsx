import type { ComponentChildren } from 'preact';
import { VirtualList } from '../parts/virtual-list.tsx';
import type { RowPlace } from './row-link.tsx';

export interface GridTableProps<Row> {
  /** Class of the table: it gives the columns their widths. */
  readonly name: string;
  readonly label: string;
  /** Heads of the columns, each with the class of its head and its cells. */
  readonly columns: readonly (readonly [head: ComponentChildren, className?: string])[];
  readonly rows: readonly Row[];
  /** Contents of the cells of a row; anything but a list is the one cell of a row without columns. */
  readonly cells: (row: Row, place: RowPlace, index: number) => ComponentChildren;
  /** @default - rows have no class of their own */
  readonly classOf?: (row: Row) => string;
  /**
   * Place of the row whose detail is open; it is scrolled into sight.
   *
   * @default -1, for none
   */
  readonly openAt?: number;
  /**
   * True for rows without a link: they take the focus themselves.
   *
   * @default false
   */
  readonly takesFocus?: boolean;
  /** @default 32 */
  readonly rowHeight?: number;
  /** @default - that of the list */
  readonly height?: number;
}

/** Rows with columns. Only the rows in sight are drawn. */
export function GridTable<Row>(props: GridTableProps<Row>) {
  const { name, label, columns, rows, cells, classOf, openAt = -1, takesFocus, rowHeight = 32, height } = props;
  return (
    <div class={`grid-table ${name}`} role="table" aria-label={label} aria-rowcount={rows.length + 1}>
      <div role="rowgroup">
        <div class="grid-row head" role="row">
          {columns.map(([head, className], column) => (
            <span key={column} role="columnheader" class={className}>
              {head}
            </span>
          ))}
        </div>
      </div>
      <VirtualList
        count={rows.length}
        rowHeight={rowHeight}
        {...(height !== undefined && { height })}
        {...(openAt >= 0 && { first: openAt })}
        row={(index, isStop) => {
          const row = rows[index];
          if (row === undefined) return null;
          const isOpen = index === openAt;
          const drawn = cells(row, { isOpen, isStop }, index);
          return (
            <div
              class={`grid-row ${classOf?.(row) ?? ''} ${isOpen ? 'is-open' : ''}`}
              role="row"
              aria-rowindex={index + 2}
              {...(takesFocus && { 'data-row': true, tabIndex: isStop ? 0 : -1 })}
            >
              {Array.isArray(drawn) ? (
                drawn.map((cell, column) => (
                  <span key={column} role="cell" class={columns[column]?.[1]}>
                    {cell}
                  </span>
                ))
              ) : (
                <span role="cell">{drawn}</span>
              )}
            </div>
          );
        }}
      />
    </div>
  );
}
