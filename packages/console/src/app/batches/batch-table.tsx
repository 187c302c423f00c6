import { lengthOf } from '../../chart/batch-figures.ts';
import { countText, durationText } from '../../chart/time-text.ts';
import type { BatchColumns, BatchRow } from '../../models/batches.ts';
import { stateOfStatus } from '../../models/states.ts';
import { Chip } from '../parts/glyph.tsx';
import { Name } from '../parts/name.tsx';
import { VirtualList } from '../parts/virtual-list.tsx';

export interface BatchTableProps {
  readonly rows: readonly BatchRow[];
  readonly columns: BatchColumns;
  readonly now: number;
}

/** Batches as rows. */
export function BatchTable({ rows, columns, now }: BatchTableProps) {
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
        row={(index, isStop) => {
          const batch = rows[index];
          return batch && <Row {...{ batch, index, isStop, now }} startedAt={columns.startedAt} />;
        }}
      />
    </div>
  );
}

interface RowProps {
  readonly batch: BatchRow;
  readonly index: number;
  readonly isStop: boolean;
  readonly now: number;
  readonly startedAt: number;
}

function Row({ batch, index, isStop, now, startedAt }: RowProps) {
  return (
    <div class="grid-row" role="row" data-row tabIndex={isStop ? 0 : -1} aria-rowindex={index + 2}>
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
        {countText(batch.items)}
      </span>
      <span role="cell" class="number">
        {batch.attempts}
      </span>
      <span role="cell" class="number">{`+${durationText(batch.startedAt - startedAt)}`}</span>
      <span role="cell" class="number">
        {durationText(lengthOf(batch, now))}
      </span>
    </div>
  );
}
