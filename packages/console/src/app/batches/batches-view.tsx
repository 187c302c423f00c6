import { useSignal } from '@preact/signals';
import { countOf, durationText } from '../../chart/time-text.ts';
import { type BatchColumns, type BatchRow, batchRows } from '../../models/batches.ts';
import { stateOfStatus } from '../../models/states.ts';
import { Chip } from '../parts/glyph.tsx';
import { Empty } from '../parts/head.tsx';
import { Name } from '../parts/name.tsx';
import { VirtualList } from '../parts/virtual-list.tsx';
import type { RunProps } from '../run/run-props.ts';
import { Strip } from './strip.tsx';

/** Every Map Run of the family: how much of it failed, each batch, failures first. */
export function BatchesView({ models, family }: RunProps) {
  const arns = new Set(family.map(({ arn }) => arn));
  const mapRuns = models.batches.filter(({ execution }) => arns.has(execution));
  if (mapRuns.length === 0)
    return <Empty>No Map Run has begun at this time: only a Distributed Map has batches.</Empty>;
  return (
    <>
      {mapRuns.map((columns) => (
        <MapRun key={columns.mapRunArn} columns={columns} now={models.at} />
      ))}
    </>
  );
}

const isBad = ({ status }: BatchRow): boolean => status === 'FAILED' || status === 'TIMED_OUT' || status === 'ABORTED';

function MapRun({ columns, now }: { readonly columns: BatchColumns; readonly now: number }) {
  const isSlowestFirst = useSignal(false);
  const batches = batchRows(columns);
  const failed = batches.filter(isBad);
  const state = stateOfStatus(columns.status);
  const length = (batch: BatchRow): number => (batch.stoppedAt ?? now) - batch.startedAt;
  const rows = [...batches].sort(
    (one, other) =>
      (isSlowestFirst.value ? 0 : Number(isBad(other)) - Number(isBad(one))) || length(other) - length(one),
  );
  return (
    <section class="map-run" aria-label={columns.state}>
      <h2>
        <Name>{columns.state}</Name>: {countOf(columns.total, 'batch', 'batches')}, {failed.length} failed{' '}
        <Chip state={state} />
      </h2>
      <p class="quiet">
        {share(failed, batches)}
        {columns.toleratedPercent === null ? '' : `, ${columns.toleratedPercent} % of the items are tolerated`},{' '}
        {durationText((columns.stoppedAt ?? now) - columns.startedAt)}
        {columns.maxConcurrency !== null && `, at most ${columns.maxConcurrency} at a time`}
      </p>
      <Strip batches={batches} now={now} />
      <p class="tools">
        <button
          type="button"
          class="button small"
          aria-pressed={!isSlowestFirst.value}
          onClick={() => {
            isSlowestFirst.value = false;
          }}
        >
          Failures first
        </button>
        <button
          type="button"
          class="button small"
          aria-pressed={isSlowestFirst.value}
          onClick={() => {
            isSlowestFirst.value = true;
          }}
        >
          Slowest first
        </button>
      </p>
      {rows.length === 0 ? (
        <Empty>No batch has begun yet.</Empty>
      ) : (
        <Table rows={rows} columns={columns} length={length} />
      )}
    </section>
  );
}

/** Share of the items whose batch failed. */
function share(failed: readonly BatchRow[], all: readonly BatchRow[]): string {
  const items = (batches: readonly BatchRow[]): number => batches.reduce((sum, batch) => sum + batch.items, 0);
  const percent = items(all) === 0 ? 0 : (100 * items(failed)) / items(all);
  return `${percent.toFixed(percent === 0 || percent === 100 ? 0 : 2)} % of the items are in batches that failed`;
}

interface TableProps {
  readonly rows: readonly BatchRow[];
  readonly columns: BatchColumns;
  readonly length: (batch: BatchRow) => number;
}

function Table({ rows, columns, length }: TableProps) {
  return (
    <div
      class="grid-table batches"
      role="table"
      aria-label={`Batches of ${columns.state}`}
      aria-rowcount={rows.length + 1}
    >
      <div role="rowgroup">
        <div class="grid-row head" role="row">
          {['State', 'Batch', 'Error', 'Items', 'Attempts', 'Started', 'Took'].map((head, index) => (
            <span key={head} role="columnheader" class={index > 2 ? 'number' : ''}>
              {head}
            </span>
          ))}
        </div>
      </div>
      <VirtualList
        count={rows.length}
        rowHeight={32}
        row={(index) => {
          const batch = rows[index];
          if (!batch) return null;
          return (
            <div class="grid-row" role="row" data-row tabIndex={index === 0 ? 0 : -1} aria-rowindex={index + 2}>
              <span role="cell">
                <Chip state={stateOfStatus(batch.status)} />
              </span>
              <span role="cell" class="cell-name">
                <Name isCode>{batch.name ?? String(batch.index)}</Name>
              </span>
              <span role="cell" class="cell-name">
                {batch.error !== null && <Name>{batch.error}</Name>}
              </span>
              <span role="cell" class="number">
                {batch.items}
              </span>
              <span role="cell" class="number">
                {batch.attempts}
              </span>
              <span role="cell" class="number">{`+${durationText(batch.startedAt - columns.startedAt)}`}</span>
              <span role="cell" class="number">
                {durationText(length(batch))}
              </span>
            </div>
          );
        }}
      />
    </div>
  );
}
