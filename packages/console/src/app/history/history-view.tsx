import { useSignal } from '@preact/signals';
import { useMemo } from 'preact/hooks';
import { countOf } from '../../chart/time-text.ts';
import { interleaved } from '../../chart/interleaved.ts';
import { Empty } from '../parts/head.tsx';
import { PressButton } from '../parts/press-button.tsx';
import { SearchField } from '../parts/search-field.tsx';
import type { RunProps } from '../run/run-props.ts';
import { address } from '../state/store.ts';
import { EventDetail } from './event-detail.tsx';
import { filtered } from './filtered.ts';
import { HistoryTable } from './history-table.tsx';

/** Events of the whole family in the order of time, with the gaps between them. */
export function HistoryView({ models, root, family, asked }: RunProps) {
  const text = useSignal<string | undefined>(undefined);
  const isOnlyAsked = useSignal(false);
  const isOnlyFailures = useSignal(false);
  const all = useMemo(() => interleaved(family, models.events, models.at), [models, root]);
  const rows = useMemo(
    () =>
      filtered(all, {
        text: text.value ?? '',
        execution: isOnlyAsked.value ? asked.arn : undefined,
        isOnlyFailures: isOnlyFailures.value,
      }),
    [all, text.value, isOnlyAsked.value, isOnlyFailures.value, asked.arn],
  );
  const eventId = Number(address.value.event);
  const openAt = rows.findIndex(
    (row) => row.kind === 'event' && row.execution.arn === asked.arn && row.event.id === eventId,
  );
  const open = rows[openAt];
  const toggle = (flag: typeof isOnlyAsked, label: string) => (
    <PressButton
      isPressed={flag.value}
      onPress={() => {
        flag.value = !flag.value;
      }}
    >
      {label}
    </PressButton>
  );
  const count = useMemo(() => rows.reduce((sum, { kind }) => (kind === 'event' ? sum + 1 : sum), 0), [rows]);
  return (
    <div class={open ? 'with-detail' : ''}>
      <div>
        <p class="tools">
          <SearchField
            label="Filter by type or state"
            value={text.value}
            onText={(next) => {
              text.value = next;
            }}
          />
          {family.length > 1 && toggle(isOnlyAsked, 'One execution only')}
          {toggle(isOnlyFailures, 'Failures only')}
          <span class="quiet">{countOf(count, 'event')}, UTC</span>
        </p>
        {rows.length === 0 ? (
          <Empty>
            {all.length === 0
              ? 'No event is known at this time: move the strip to the right.'
              : 'No event matches: change the filter.'}
          </Empty>
        ) : (
          <HistoryTable {...{ models, rows, family, openAt }} start={root.startedAt} />
        )}
      </div>
      {open?.kind === 'event' && (
        <EventDetail key={`${open.execution.arn} ${open.event.id}`} models={models} row={open} />
      )}
    </div>
  );
}
