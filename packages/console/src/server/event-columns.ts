import { isObject, type Json, textOf } from '@crosswind/aws/json';
import type { EventColumns, EventDetails } from '../models/events.ts';
import type { SourceEvent, SourceExecution } from './source.ts';

/** Puts values into a dictionary, each of them once. */
function dictionary(): { readonly words: string[]; readonly placeOf: (word: string) => number } {
  const places = new Map<string, number>();
  const words: string[] = [];
  const placeOf = (word: string): number => {
    const known = places.get(word);
    if (known !== undefined) return known;
    places.set(word, words.push(word) - 1);
    return words.length - 1;
  };
  return { words, placeOf };
}

/** Differences between neighbors, the first one to 0. */
const steps = (values: readonly number[]): number[] => values.map((value, index) => value - (values[index - 1] ?? 0));

/** Events of an execution in columns. */
export function eventColumns({ executionArn, events }: Pick<SourceExecution, 'executionArn' | 'events'>): EventColumns {
  const types = dictionary();
  const states = dictionary();
  const type = events.map((event) => types.placeOf(event.type));
  const state = events.map((event) => {
    const name = /State(Entered|Exited)$/.test(event.type) ? textOf(detailsOf(event)['name']) : '';
    return name === '' ? -1 : states.placeOf(name);
  });
  return {
    execution: executionArn,
    types: types.words,
    states: states.words,
    id: steps(events.map(({ id }) => id)),
    time: steps(events.map(({ timestamp }) => Math.round(timestamp * 1_000) / 1_000)),
    type,
    previous: events.map(({ id, previousEventId }) => id - previousEventId),
    state,
    total: events.length,
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
