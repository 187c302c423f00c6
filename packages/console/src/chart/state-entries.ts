import { type EventColumns, type EventRow, eventRows } from '../models/events.ts';

/** A state from its entry to its exit. */
export interface StateEntry {
  readonly name: string;
  /** Type of the state, as the name of its event has it: `Task`, `Map` and so on. */
  readonly type: string;
  readonly from: number;
  /** Null while it runs. */
  readonly to: number | null;
  /** True if it was left without an exit, because something in it or around it failed. */
  readonly hasFailed: boolean;
  /** Place of the entry around it; -1 for none. */
  readonly outer: number;
  /** Id of the event of its entry. */
  readonly event: number;
  /** Events of its own work, in their order. */
  readonly marks: readonly EventRow[];
}

export interface StateEntries {
  /** In the order of their entries. */
  readonly entries: readonly StateEntry[];
  /** Place of the entry that an event belongs to, by its id; -1 for none. */
  readonly entryOf: ReadonlyMap<number, number>;
}

type Open = { -readonly [Key in keyof StateEntry]: StateEntry[Key] } & { marks: EventRow[] };

const known = new WeakMap<EventColumns, { readonly stoppedAt: number | null; readonly entries: StateEntries }>();

/** The states of an execution by its events, found once while neither they nor its end change. */
export function entriesOf(columns: EventColumns, stoppedAt: number | null): StateEntries {
  const last = known.get(columns);
  if (last?.stoppedAt === stoppedAt) return last.entries;
  const entries = stateEntries(eventRows(columns), stoppedAt);
  known.set(columns, { stoppedAt, entries });
  return entries;
}

/** The states that an execution was in, by the events that led to each other: entries of one name may overlap. */
export function stateEntries(events: readonly EventRow[], stoppedAt: number | null): StateEntries {
  const entries: Open[] = [];
  const entryOf = new Map<number, number>();
  for (const event of events) {
    const inside = entryOf.get(event.previous) ?? -1;
    entryOf.set(event.id, placed(event, inside, entries));
  }
  for (const entry of entries) {
    if (entry.to !== null || stoppedAt === null) continue;
    entry.to = Math.max(entry.from, stoppedAt);
    entry.hasFailed = true;
  }
  return { entries, entryOf };
}

function placed(event: EventRow, inside: number, entries: Open[]): number {
  const change = changeOf(event.type);
  if (!change) {
    entries[inside]?.marks.push(event);
    return inside;
  }
  const name = event.state ?? '';
  if (change.isEntry) {
    const { id, at } = event;
    const common = { name, type: change.type, from: at, to: null, hasFailed: false, event: id, marks: [] };
    return entries.push({ ...common, outer: inside }) - 1;
  }
  const left = entryLeft(name, inside, entries);
  for (let at = inside; at !== left && at >= 0; at = entries[at]?.outer ?? -1) close(entries[at], event.at, true);
  close(entries[left], event.at, false);
  return entries[left]?.outer ?? inside;
}

/** Type of the state that an event enters or leaves; undefined for any other event. Types are few, events are many. */
function changeOf(eventType: string): Change | undefined {
  if (!changes.has(eventType)) {
    const [, type = '', change] = /^(.*)State(Entered|Exited)$/.exec(eventType) ?? [];
    changes.set(eventType, change === undefined ? undefined : { type, isEntry: change === 'Entered' });
  }
  return changes.get(eventType);
}

interface Change {
  readonly type: string;
  readonly isEntry: boolean;
}

const changes = new Map<string, Change | undefined>();

/** The entry that an exit ends: the one around the event before, else the last open one of that name. */
function entryLeft(name: string, inside: number, entries: readonly Open[]): number {
  for (let at = inside; at >= 0; at = entries[at]?.outer ?? -1) if (entries[at]?.name === name) return at;
  return entries.findLastIndex((entry) => entry.name === name && entry.to === null);
}

function close(entry: Open | undefined, at: number, hasFailed: boolean): void {
  if (entry?.to !== null) return;
  entry.to = at;
  entry.hasFailed = hasFailed;
}
