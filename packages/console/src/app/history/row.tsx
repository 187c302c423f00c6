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
import { isFailure } from './filtered.ts';

export interface RowProps {
  readonly models: Snapshot;
  readonly row: HistoryRow;
  readonly index: number;
  /** The execution that began the run, and all that it started. */
  readonly family: readonly ExecutionModel[];
  /** True for the row that Tab leads to. */
  readonly isStop: boolean;
  /** When the run began. */
  readonly start: number;
  readonly isOpen: boolean;
}

/** A row of the history. */
export function Row({ models, row, index, start, isOpen, isStop, family }: RowProps) {
  if (row.kind !== 'event') return <Note {...{ models, row, index, family }} />;
  const { event, execution, state } = row;
  const after = event.at - start;
  return (
    <div class={`grid-row ${isOpen ? 'is-open' : ''}`} role="row" aria-rowindex={index + 2}>
      <span role="cell" class="number code">
        {event.id}
      </span>
      <span role="cell" class="code">
        {after < 1 ? exactClockText(event.at) : `+${durationText(after)}`}
      </span>
      <span role="cell" class="cell-name">
        <EventGlyph type={event.type} />
        <a
          data-row
          tabIndex={isStop || isOpen ? 0 : -1}
          data-open={isOpen ? '' : undefined}
          aria-current={isOpen ? 'true' : undefined}
          href={hrefOf(runView(execution.arn, 'history'), { event: String(event.id) })}
        >
          {event.type}
        </a>
      </span>
      <span role="cell" class="cell-name">
        {state !== null && <Name>{state}</Name>}
      </span>
      <span role="cell" class="cell-name">
        <Name>{execution.title}</Name>
      </span>
    </div>
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

function Note({
  models,
  row,
  index,
  family,
}: Pick<RowProps, 'models' | 'index' | 'family'> & { readonly row: Exclude<HistoryRow, { kind: 'event' }> }) {
  const denied = row.kind === 'gap' ? deniedBetween(models.decisions, family, row) : 0;
  return (
    <div class={`grid-row note ${denied > 0 ? 'is-bad' : ''}`} role="row" aria-rowindex={index + 2}>
      <span role="cell">
        {row.kind === 'cut' ? (
          <>
            {countOf(row.count, 'event')} of <Name>{row.execution.title}</Name> left out of this file
          </>
        ) : (
          <>
            <strong>{durationText(row.to - row.from)} without an event</strong>
            {denied > 0 && `, ${countOf(denied, 'call')} ${denied === 1 ? 'was' : 'were'} denied`}
          </>
        )}
      </span>
    </div>
  );
}
