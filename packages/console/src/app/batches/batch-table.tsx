import { lengthOf } from '../../chart/batch-figures.ts';
import { countText, durationText } from '../../chart/time-text.ts';
import type { BatchColumns, BatchRow } from '../../models/batches.ts';
import { stateOfStatus } from '../../models/states.ts';
import { Chip } from '../parts/glyph.tsx';
import { Name } from '../parts/name.tsx';
import { GridTable } from '../table/grid-table.tsx';

export interface BatchTableProps {
  readonly rows: readonly BatchRow[];
  readonly columns: BatchColumns;
  readonly now: number;
}

/** Batches as rows. */
export const BatchTable = ({ rows, columns, now }: BatchTableProps) => (
  <GridTable
    name="batches"
    label={`Batches of ${columns.state}`}
    columns={[
      ['State'],
      ['Batch', 'cell-name'],
      ['Error', 'cell-name'],
      ['Items', 'number'],
      ['Attempts', 'number'],
      ['Started', 'number'],
      ['Took', 'number'],
    ]}
    rows={rows}
    takesFocus
    cells={(batch) => [
      <Chip state={stateOfStatus(batch.status)} />,
      <Name isCode>{batch.name ?? String(batch.index)}</Name>,
      <Name>{batch.error ?? ''}</Name>,
      countText(batch.items),
      batch.attempts,
      `+${durationText(batch.startedAt - columns.startedAt)}`,
      durationText(lengthOf(batch, now)),
    ]}
  />
);
