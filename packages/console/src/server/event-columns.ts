import { isObject, type Json, textOf } from '@crosswind/aws/json';
import type { EventColumns, EventDetails } from '../models/events.ts';
import type { SourceEvent, SourceExecution } from './source.ts';

/** Puts values into a dictionary, each of them once, after those that are known. */
function dictionary(known: readonly string[]) {
  const places = new Map(known.map((word, place) => [word, place]));
  const words: string[] = [];
  const placeOf = (word: string): number => {
    const place = places.get(word) ?? known.length + words.push(word) - 1;
    places.set(word, place);
    return place;
  };
  return { words, placeOf };
}

/** Differences between neighbors, the first one to what came before. */
const steps = (values: readonly number[], before: number): number[] =>
  values.map((value, index) => value - (values[index - 1] ?? before));

/** Milliseconds with three places. */
const rounded = (time: number): number => Math.round(time * 1_000) / 1_000;

/** Columns of events that go on where others ended. */
type Columns = Omit<EventColumns, 'total' | 'execution'>;

/** Events of an execution in columns. */
export const eventColumns = ({
  executionArn,
  events,
}: Pick<SourceExecution, 'executionArn' | 'events'>): EventColumns => ({
  execution: executionArn,
  ...columnsFrom(events, 0, { types: [], states: [] }),
  total: events.length,
});

/**
 * Columns of the events from a place on.
 * @param known dictionaries of the events before; the result has new words only
 */
export function columnsFrom(
  all: readonly SourceEvent[],
  from: number,
  known: Pick<EventColumns, 'types' | 'states'>,
): Columns {
  const events = from === 0 ? all : all.slice(from);
  const before = all[from - 1];
  const types = dictionary(known.types);
  const states = dictionary(known.states);
  const type = events.map((event) => types.placeOf(event.type));
  const state = events.map((event) => {
    const name = /State(Entered|Exited)$/.test(event.type) ? textOf(detailsOf(event)['name']) : '';
    return name === '' ? -1 : states.placeOf(name);
  });
  return {
    types: types.words,
    states: states.words,
    id: steps(
      events.map(({ id }) => id),
      before?.id ?? 0,
    ),
    time: steps(
      events.map(({ timestamp }) => rounded(timestamp)),
      rounded(before?.timestamp ?? 0),
    ),
    type,
    previous: events.map(({ id, previousEventId }) => id - previousEventId),
    state,
  };
}

/** The details of an event, whatever their key is called. */
export function detailsOf(event: SourceEvent): Readonly<Record<string, Json>> {
  for (const value of Object.values(event) as Json[]) if (isObject(value)) return value;
  return {};
}

/** Details of all events that have any. */
export const eventDetails = ({
  executionArn,
  events,
}: Pick<SourceExecution, 'executionArn' | 'events'>): EventDetails => ({
  execution: executionArn,
  byId: events.map((event) => [event.id, detailsOf(event)] as const).filter(([, details]) => hasAny(details)),
});

const hasAny = (details: Readonly<Record<string, unknown>>): boolean => Object.keys(details).length > 0;
