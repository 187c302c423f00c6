import { useSignal } from '@preact/signals';
import { useMemo } from 'preact/hooks';
import { nameOfRow } from '../../chart/table-rows.ts';
import type { ResultContent, TableModel } from '../../models/results.ts';
import { AskedNote } from '../parts/asked-note.tsx';
import { Detail } from '../parts/detail.tsx';
import { Empty } from '../parts/head.tsx';
import { Name } from '../parts/name.tsx';
import { hrefOf } from '../state/store.ts';
import type { Asked } from '../state/use-answer.ts';
import { DataTable } from '../table/data-table.tsx';
import { seriesTable } from './series-table.ts';
import { SeriesChart } from './series-chart.tsx';
import { WorldMap } from './world-map.tsx';

export interface RunResultProps {
  readonly tenant: string;
  readonly answered: Asked<ResultContent>;
  /** The row that is open: the places of its table and of the row in it, `0.17`. */
  readonly open: string | undefined;
}

/** Results of a run, as soon as they are there. */
export function RunResult({ tenant, answered, open }: RunResultProps) {
  if (answered.kind !== 'answered') return <AskedNote asked={answered} what="the results of this run" />;
  return <Content tenant={tenant} content={answered.answer} open={open} />;
}

interface ContentProps {
  readonly tenant: string;
  readonly content: ResultContent;
  readonly open: string | undefined;
}

function Content({ tenant, content, open }: ContentProps) {
  const { provenance, maps, series } = content;
  const tables = useMemo(() => [...content.tables, ...content.series.map(seriesTable)], [content]);
  const focused = useSignal<readonly [table: number, row: number] | undefined>(undefined);
  const [openTable, openRow] = open?.split('.').map(Number) ?? [];
  const shown = openTable === undefined ? undefined : tables[openTable]?.rows[openRow ?? -1];
  const marked = (table: number): number | undefined => {
    if (focused.value?.[0] === table) return focused.value[1];
    return table === openTable ? openRow : undefined;
  };
  const address = (table: number) => (row: number) =>
    hrefOf({ name: 'result', item: tenant }, { event: `${table}.${row}` });
  const tableAt = (index: number, height?: number) => {
    const table = tables[index];
    return (
      table && (
        <DataTable
          table={table}
          hrefOf={address(index)}
          open={index === openTable ? openRow : undefined}
          onFocus={(row) => {
            focused.value = [index, row];
          }}
          {...(height !== undefined && { height })}
        />
      )
    );
  };
  if (tables.length === 0) return <Empty>This run wrote no results: the list of runs says how it ended.</Empty>;
  return (
    <div class={shown ? 'with-detail result' : 'result'}>
      <div class="result-parts">
        {provenance.length > 0 && (
          <ul class="provenance" aria-label="Origin of the data">
            {provenance.map((sentence) => (
              <li key={sentence}>{sentence}</li>
            ))}
          </ul>
        )}
        <div class="figures">
          {maps.map((points, index) => (
            <WorldMap key={index} points={points} marked={marked(points.table)} hrefOf={address(points.table)} />
          ))}
          {series.map((each, index) => {
            const table = content.tables.length + index;
            return (
              <section key={index} class="card figure">
                <SeriesChart series={each} marked={marked(table)} />
                {tableAt(table, 168)}
              </section>
            );
          })}
        </div>
        {content.tables.map((table, index) => (
          <section key={index} class="result-table" aria-label={table.title}>
            <h2>
              <Name>{table.title}</Name>
            </h2>
            {tableAt(index)}
            <Notes notes={table.notes} />
          </section>
        ))}
      </div>
      {shown && openTable !== undefined && tables[openTable] && (
        <RowDetail key={open} table={tables[openTable]} row={shown} />
      )}
    </div>
  );
}

function Notes({ notes }: { readonly notes: readonly string[] }) {
  return notes.length === 0 ? null : (
    <ul class="notes">
      {notes.map((note, index) => (
        <li key={index}>
          <Name>{note}</Name>
        </li>
      ))}
    </ul>
  );
}

function RowDetail({ table, row }: { readonly table: TableModel; readonly row: readonly string[] }) {
  return (
    <Detail title={<Name>{nameOfRow(table, row)}</Name>}>
      <dl class="facts">
        {table.columns.map(({ heading }, column) => (
          <div key={column}>
            <dt>
              <Name>{heading === '' ? 'Number' : heading}</Name>
            </dt>
            <dd>
              <Name>{row[column] ?? ''}</Name>
            </dd>
          </div>
        ))}
      </dl>
    </Detail>
  );
}
