import { stateEntries } from '../../chart/state-entries.ts';
import { clockText, durationText } from '../../chart/time-text.ts';
import type { WaterfallRow } from '../../chart/waterfall-rows.ts';
import { eventRows } from '../../models/events.ts';
import type { Snapshot } from '../../models/snapshot.ts';
import { Detail } from '../parts/detail.tsx';
import { Chip } from '../parts/glyph.tsx';
import { Empty } from '../parts/head.tsx';
import { Code, Name, prettyJson } from '../parts/name.tsx';

/** A state of the graph: what it was given, what it asked for, what it gave. */
export function StateDetail({ models, row }: { readonly models: Snapshot; readonly row: WaterfallRow }) {
  const texts = textsOf(models, row);
  return (
    <Detail title={<Name>{row.label}</Name>}>
      <p>
        <Chip state={row.state} /> {row.type}, entered {clockText(row.from)} UTC, {durationText(row.to - row.from)}
        {row.note !== null && `, ${row.note}`}
      </p>
      {texts.length === 0 && <Empty>Inputs and outputs of this state were left out of this file.</Empty>}
      {texts.map(({ title, text }) => (
        <section key={title}>
          <h3>{title}</h3>
          <Code text={prettyJson(text)} label={title} />
        </section>
      ))}
    </Detail>
  );
}

/** Texts of the first entry of a state. */
function textsOf(models: Snapshot, row: WaterfallRow): readonly { readonly title: string; readonly text: string }[] {
  const details = new Map(models.details.find(({ execution }) => execution === row.execution)?.byId);
  const columns = models.events.find(({ execution }) => execution === row.execution);
  const rows = columns ? eventRows(columns) : [];
  const { entries, entryOf } = stateEntries(rows, null);
  const entry = entries.findIndex(({ event }) => event === row.event);
  const scheduled = rows.find(({ id, type }) => entryOf.get(id) === entry && type.endsWith('Scheduled'));
  const exited = rows.find(
    ({ id, type, state }) => id > (row.event ?? 0) && type.endsWith('StateExited') && state === row.label,
  );
  const text = (title: string, id: number | null | undefined, key: string) => {
    const value = details.get(id ?? -1)?.[key];
    return typeof value === 'string' ? [{ title, text: value }] : [];
  };
  return [
    ...text('Input', row.event, 'input'),
    ...text('Arguments', scheduled?.id, 'parameters'),
    ...text('Arguments', scheduled?.id, 'input'),
    ...text('Output', exited?.id, 'output'),
  ];
}
