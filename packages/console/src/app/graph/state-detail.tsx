import { signal, useSignal } from '@preact/signals';
import { useMemo } from 'preact/hooks';
import { assigningBefore, type StateVisit, visitsOf } from '../../chart/state-visits.ts';
import { clockText, countText, durationText } from '../../chart/time-text.ts';
import type { WaterfallRow } from '../../chart/waterfall-rows.ts';
import { eventRows } from '../../models/events.ts';
import type { Snapshot } from '../../models/snapshot.ts';
import { AskedNote } from '../parts/asked-note.tsx';
import { type Details, useEventDetails } from '../state/use-event-details.ts';
import { Detail } from '../parts/detail.tsx';
import { Chip } from '../parts/glyph.tsx';
import { Name } from '../parts/name.tsx';
import { PressButton } from '../parts/press-button.tsx';
import { type Tab, tabs, type TabName } from './state-tabs.ts';
import { TabContent } from './tab-content.tsx';

/** The tab that is open: that of the state before. */
const open = signal<TabName>('Input');

/** Exits that are looked at for the variables before a state. */
const mostExits = 200;

/** Stays in a state that can be chosen. */
const mostVisits = 1_000;

/** A state of the graph: what it was given, what it asked for, what it got and gave, for each time that it was entered. */
export function StateDetail({ models, row }: { readonly models: Snapshot; readonly row: WaterfallRow }) {
  const events = models.events.find(({ execution }) => execution === row.execution);
  const rows = useMemo(() => (events ? eventRows(events) : []), [events]);
  const visits = useMemo(() => visitsOf(rows, row.label), [rows, row.label]);
  const entered = useSignal(visits[0]?.entered.id);
  const visit = visits.find((each) => each.entered.id === entered.value) ?? visits[0];
  return (
    <Detail title={<Name>{row.label}</Name>}>
      <p>
        <Chip state={row.state} /> {row.type}, entered {clockText(row.from)} UTC, {durationText(row.to - row.from)}
        {row.note !== null && `, ${row.note}`}
      </p>
      {visits.length > 1 && (
        <label class="entry-choice">
          <span>Entry</span>
          <select
            value={visit?.entered.id}
            onChange={({ currentTarget }) => {
              entered.value = Number(currentTarget.value);
            }}
          >
            {visits.slice(0, mostVisits).map((each, index) => (
              <option key={each.entered.id} value={each.entered.id}>
                {entryText(each, index)}
              </option>
            ))}
          </select>
          {visits.length > mostVisits && (
            <span class="quiet">{`the first ${countText(mostVisits)} of ${countText(visits.length)}`}</span>
          )}
        </label>
      )}
      {visit && <Visit key={visit.entered.id} models={models} execution={row.execution} rows={rows} visit={visit} />}
    </Detail>
  );
}

const entryText = ({ entered, exited, failures }: StateVisit, index: number): string =>
  `${index + 1}: ${clockText(entered.at)} UTC, ${exited ? durationText(exited.at - entered.at) : 'not left'}${failures.length > 0 ? `, ${failures.length} failed` : ''}`;

interface VisitProps {
  readonly models: Snapshot;
  readonly execution: string;
  readonly rows: ReturnType<typeof eventRows>;
  readonly visit: StateVisit;
}

function Visit({ models, execution, rows, visit }: VisitProps) {
  const before = useMemo(() => assigningBefore(rows, visit.entered, mostExits), [rows, visit]);
  const wanted = open.value === 'Variables' ? before.exits : [];
  const ids = [...new Set([...idsOf(visit), ...wanted])];
  const asked = useEventDetails(models, execution, ids);
  const details: ReadonlyMap<number, Details> = asked.kind === 'answered' ? asked.answer : new Map();
  const all: readonly Tab[] = tabs(visit, details);
  const shown = all.find(({ name }) => name === open.value) ?? all[0];
  return (
    <>
      <div class="tabs" role="group" aria-label="Parts of the state">
        {all.map(({ name }) => (
          <PressButton
            key={name}
            isPressed={name === shown?.name}
            onPress={() => {
              open.value = name;
            }}
          >
            {name}
          </PressButton>
        ))}
      </div>
      <AskedNote asked={asked} what="input and output" />
      {asked.kind === 'answered' && shown && <TabContent tab={shown} visit={visit} details={details} before={before} />}
    </>
  );
}

/** Events whose details the parts of a state need. */
const idsOf = ({ entered, exited, attempts, failures }: StateVisit): readonly number[] => [
  entered.id,
  ...(exited ? [exited.id] : []),
  ...attempts.slice(-10).flatMap(({ scheduled, ended }) => [scheduled, ...(ended === null ? [] : [ended])]),
  ...failures.slice(-10).map(({ id }) => id),
];
