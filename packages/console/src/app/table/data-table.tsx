import { useSignal } from '@preact/signals';
import { useMemo } from 'preact/hooks';
import { columnWidths, nameOfRow, namingColumn, nextSort, rowsShown, type SortBy } from '../../chart/table-rows.ts';
import { countOf, countText } from '../../chart/time-text.ts';
import type { TableModel } from '../../models/results.ts';
import { Empty } from '../parts/head.tsx';
import { Name } from '../parts/name.tsx';
import { SearchField } from '../parts/search-field.tsx';
import { VirtualList } from '../parts/virtual-list.tsx';
import { HeadCell } from './head-cell.tsx';
import { RowLink } from './row-link.tsx';
import './data-table.css';

export interface DataTableProps {
  readonly table: TableModel;
  /** Address that opens a row. */
  readonly hrefOf: (row: number) => string;
  /** Place of the row that is open. */
  readonly open: number | undefined;
  /** Called with the row that has the focus. */
  readonly onFocus: (row: number) => void;
  /** Pixels at most. */
  readonly height?: number;
}

/** Rows of text that can be searched and sorted by each column; each row opens. */
export function DataTable({ table, hrefOf, open, onFocus, height = 420 }: DataTableProps) {
  const text = useSignal<string | undefined>(undefined);
  const sort = useSignal<SortBy | undefined>(undefined);
  const places = useMemo(
    () => rowsShown(table, { text: text.value ?? '', sort: sort.value }),
    [table, text.value, sort.value],
  );
  const widths = useMemo(() => columnWidths(table), [table]);
  const naming = namingColumn(table);
  const { title, columns, rows, total } = table;
  const openAt = open === undefined ? -1 : places.indexOf(open);
  const style = {
    gridTemplateColumns: widths.map((width) => `minmax(${width}ch, ${width}fr)`).join(' '),
    minWidth: `${widths.reduce((sum, width) => sum + width + 3, 0)}ch`,
  };
  if (rows.length === 0) return <Empty>This table has no rows.</Empty>;
  return (
    <>
      <p class="tools">
        <SearchField
          label={`Search in ${title}`}
          placeholder="Search"
          value={text.value}
          onText={(next) => {
            text.value = next;
          }}
        />
        <span class="quiet">
          {places.length === rows.length
            ? countOf(rows.length, 'row')
            : `${countText(places.length)} of ${countOf(rows.length, 'row')}`}
          {total > rows.length && `, the first of ${countText(total)}`}
        </span>
      </p>
      {places.length === 0 ? (
        <Empty>No row contains this text: change the search.</Empty>
      ) : (
        <div class="data-table table-box" tabIndex={0} role="region" aria-label={`${title}, scrolls sideways`}>
          <div
            class="grid-table"
            role="table"
            aria-label={title}
            aria-rowcount={places.length + 1}
            style={{ minWidth: style.minWidth }}
          >
            <div role="rowgroup">
              <div class="grid-row head" role="row" style={{ gridTemplateColumns: style.gridTemplateColumns }}>
                {columns.map((column, index) => (
                  <HeadCell
                    key={index}
                    {...column}
                    sorted={sort.value?.column === index ? sort.value : undefined}
                    onSort={() => {
                      sort.value = nextSort(sort.value, index, column.align);
                    }}
                  />
                ))}
              </div>
            </div>
            <VirtualList
              count={places.length}
              rowHeight={28}
              height={height}
              {...(openAt >= 0 && { first: openAt })}
              row={(index, isStop) => {
                const place = places[index] ?? 0;
                return (
                  <div
                    class={place === open ? 'grid-row is-open' : 'grid-row'}
                    role="row"
                    aria-rowindex={index + 2}
                    style={{ gridTemplateColumns: style.gridTemplateColumns }}
                    onFocusIn={() => {
                      onFocus(place);
                    }}
                  >
                    {columns.map(({ align }, column) => (
                      <span key={column} role="cell" class={align === 'right' ? 'number cell' : 'cell'}>
                        {column === naming ? (
                          <RowLink place={{ isStop, isOpen: place === open }} href={hrefOf(place)}>
                            <Name>{nameOfRow(table, rows[place] ?? [])}</Name>
                          </RowLink>
                        ) : (
                          <Name>{rows[place]?.[column] ?? ''}</Name>
                        )}
                      </span>
                    ))}
                  </div>
                );
              }}
            />
          </div>
        </div>
      )}
    </>
  );
}
