import type { EventRow } from '../models/events.ts';
import { stateEntries } from './state-entries.ts';

/** An attempt at the task of a state. */
export interface Attempt {
  /** Id of the event that scheduled it. */
  readonly scheduled: number;
  /** Id of the event that ended it; null while it runs, and where its state was aborted. */
  readonly ended: number | null;
  readonly hasFailed: boolean;
}

/** A stay in a state, by the ids of its events. */
export interface StateVisit {
  readonly entered: EventRow;
  /** Null while it is in the state, and where it never left it. */
  readonly exited: EventRow | null;
  readonly attempts: readonly Attempt[];
  /** Events of its own work that say that something failed. */
  readonly failures: readonly EventRow[];
}

const isFailure = (type: string): boolean => /(Failed|TimedOut|Aborted)$/.test(type);

/** Every stay in the state of a name, in the order of the entries. */
export function visitsOf(rows: readonly EventRow[], name: string): readonly StateVisit[] {
  const byId = rowsById(rows);
  const exits = new Map(
    rows.flatMap((row) => {
      const entered = row.state === name && isExit(row) ? enteredOf(byId, row) : undefined;
      return entered ? [[entered.id, row] as const] : [];
    }),
  );
  return stateEntries(rows, null)
    .entries.filter((entry) => entry.name === name)
    .flatMap(({ event, marks }) => {
      const entered = byId.get(event);
      if (!entered) return [];
      const failures = marks.filter(({ type }) => isFailure(type));
      return [{ entered, exited: exits.get(event) ?? null, attempts: attemptsIn(marks), failures }];
    });
}

function attemptsIn(marks: readonly EventRow[]): readonly Attempt[] {
  const starts = marks.flatMap(({ type }, index) => (type.endsWith('Scheduled') ? [index] : []));
  return starts.map((start, index) => {
    const own = marks.slice(start + 1, starts[index + 1]);
    const end = own.find(({ type }) => type.endsWith('Succeeded') || isFailure(type));
    return {
      scheduled: marks[start]?.id ?? 0,
      ended: end?.id ?? null,
      hasFailed: end !== undefined && isFailure(end.type),
    };
  });
}

/** Exits whose assigned variables an event sees, the newest last. */
export interface Assigning {
  readonly exits: readonly number[];
  /** True if older ones were left out. */
  readonly isCut: boolean;
}

/**
 * Exits that assigned the variables which are known at the entry of a state: those before it in its scope and in the scopes
 * around it. What a branch or an iteration assigns is gone after it.
 * https://docs.aws.amazon.com/step-functions/latest/dg/workflow-variables.html
 *
 * @param most exits at most, the newest
 */
export function assigningBefore(rows: readonly EventRow[], entered: EventRow, most: number): Assigning {
  const byId = rowsById(rows);
  const { entries, entryOf } = stateEntries(rows, null);
  const around = ({ id }: EventRow): EventRow | undefined => byId.get(entries[entryOf.get(id) ?? -1]?.event ?? -1);
  const exits: number[] = [];
  let at = byId.get(entered.previous);
  while (at && exits.length <= most) {
    if (isExit(at)) exits.push(at.id);
    const from: EventRow | undefined = isExit(at)
      ? enteredOf(byId, at)
      : // AWS names the iteration before as the cause of an iteration, which knows nothing of it.
        at.type === 'MapIterationStarted'
        ? around(at)
        : at;
    at = from && byId.get(from.previous);
  }
  return { exits: exits.slice(0, most).reverse(), isCut: exits.length > most };
}

const isExit = ({ type }: EventRow): boolean => type.endsWith('StateExited');

const rowsById = (rows: readonly EventRow[]): ReadonlyMap<number, EventRow> =>
  new Map(rows.map((row) => [row.id, row]));

/** The entry that an exit ends: a state inside of it is passed over as a whole. */
function enteredOf(byId: ReadonlyMap<number, EventRow>, exit: EventRow): EventRow | undefined {
  let at = byId.get(exit.previous);
  while (at) {
    if (at.type.endsWith('StateEntered') && at.state === exit.state) return at;
    const from: EventRow | undefined = isExit(at) ? enteredOf(byId, at) : at;
    at = from && byId.get(from.previous);
  }
  return undefined;
}
