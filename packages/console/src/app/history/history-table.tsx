import { runView } from '../../models/address.ts';
import type { HistoryRow } from '../../chart/interleaved.ts';
import { countOf, durationText, exactClockText } from '../../chart/time-text.ts';
import { deniedBetween } from '../../chart/denied-between.ts';
import type { ExecutionModel } from '../../models/executions.ts';
import type { Snapshot } from '../../models/snapshot.ts';
import type { ShownState } from '../../models/states.ts';
import { Glyph } from '../parts/glyph.tsx';
import { Name } from '../parts/name.tsx';
import { hrefOf } from '../state/store.ts';
import { GridTable } from '../table/grid-table.tsx';
import { RowLink } from '../table/row-link.tsx';
import { isFailure } from './filtered.ts';

export interface HistoryTableProps {
  readonly models: Snapshot;
  readonly rows: readonly HistoryRow[];
  /** The execution that began the run, and all that it started. */
  readonly family: readonly ExecutionModel[];
  /** Place of the event that is open; -1 for none. */
  readonly openAt: number;
  /** When the run began. */
  readonly start: number;
}

/** Events as rows, with a note for each gap between them. */
export function HistoryTable({ models, rows, family, openAt, start }: HistoryTableProps) {
  const deniedIn = (row: HistoryRow): number => (row.kind === 'gap' ? deniedBetween(models.decisions, family, row) : 0);
  return (
    <GridTable
      name="history"
      label="History"
      columns={[
        ['Event', 'number code'],
        ['Time', 'code'],
        ['Type', 'cell-name'],
        ['State', 'cell-name'],
        ['Execution', 'cell-name'],
      ]}
      rows={rows}
      openAt={openAt}
      rowHeight={26}
      height={680}
      classOf={(row) => (row.kind === 'event' ? '' : `note ${deniedIn(row) > 0 ? 'is-bad' : ''}`)}
      cells={(row, place) => {
        if (row.kind !== 'event') return <Note row={row} denied={deniedIn(row)} />;
        const { event, execution, state } = row;
        const after = event.at - start;
        return [
          event.id,
          after < 1 ? exactClockText(event.at) : `+${durationText(after)}`,
          <>
            <EventGlyph type={event.type} />
            <RowLink place={place} href={hrefOf(runView(execution.arn, 'history'), { event: String(event.id) })}>
              {event.type}
            </RowLink>
          </>,
          <Name>{state ?? ''}</Name>,
          <Name>{execution.title}</Name>,
        ];
      }}
    />
  );
}

function EventGlyph({ type }: { readonly type: string }) {
  const state: ShownState | undefined = isFailure(type)
    ? type.endsWith('TimedOut')
      ? 'timed out'
      : 'failed'
    : type.endsWith('Succeeded')
      ? 'succeeded'
      : undefined;
  return state ? <Glyph state={state} /> : <span class="dot" aria-hidden="true" />;
}

interface NoteProps {
  readonly row: Exclude<HistoryRow, { readonly kind: 'event' }>;
  /** Calls that were denied in a gap. */
  readonly denied: number;
}

const Note = ({ row, denied }: NoteProps) =>
  row.kind === 'cut' ? (
    <>
      {countOf(row.count, 'event')} of <Name>{row.execution.title}</Name> left out of this file
    </>
  ) : (
    <>
      <strong>{durationText(row.to - row.from)} without an event</strong>
      {denied > 0 && `, ${countOf(denied, 'call')} ${denied === 1 ? 'was' : 'were'} denied`}
    </>
  );
