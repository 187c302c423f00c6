import type { SourceEvent } from '../server/source.ts';
import type { Document } from './documents.ts';
import { recordedEvent } from './recorded-event.ts';
import { WrongInput } from './wrong-input.ts';

/** The history of one execution, put together from its pages. */
export interface History {
  /** Place of its first page. */
  readonly place: string;
  /** By ascending ids. */
  readonly events: readonly SourceEvent[];
  /** Sentences about what is missing, or was put in order. */
  readonly notes: readonly string[];
}

interface Page {
  readonly place: string;
  readonly events: readonly SourceEvent[];
  readonly isReversed: boolean;
  readonly isUnordered: boolean;
  readonly hasNext: boolean;
}

/**
 * Histories out of documents with events: pages of one history belong together, in whatever order they come.
 *
 * @throws WrongInput
 */
export function* historiesIn(documents: readonly Document[]): Generator<undefined, readonly History[]> {
  const groups: Page[][] = [];
  for (const document of documents) {
    const page = yield* pageOf(document);
    const group = groupOf(groups, page);
    if (group) group.push(page);
    else groups.push([page]);
    yield;
  }
  return groups.map(historyOf);
}

function* pageOf({ place, events = [], fields }: Document): Generator<undefined, Page> {
  if (events.length === 0)
    throw new WrongInput(`${place}: expected events, got an empty list; a history has at least ExecutionStarted`);
  const read: SourceEvent[] = [];
  const at = new Map<number, number>();
  for (const [index, each] of events.entries()) {
    const event = recordedEvent(each, `${place}, events[${index}]`);
    const before = at.get(event.id);
    if (before !== undefined)
      throw new WrongInput(
        `${place}: expected each id once, got ${event.id} in events[${before}] and in events[${index}]; export the history again`,
      );
    at.set(event.id, index);
    read.push(event);
    if (index % 500 === 0) yield;
  }
  const steps = read.slice(1).map(({ id }, index) => Math.sign(id - (read[index]?.id ?? 0)));
  const isReversed = steps.length > 0 && steps.every((step) => step < 0);
  return {
    place,
    events: read.sort((one, other) => one.id - other.id),
    isReversed,
    isUnordered: !isReversed && steps.some((step) => step < 0),
    hasNext: fields.has('NextToken') || fields.has('nextToken'),
  };
}

const firstOf = ({ events }: Page): number => events[0]?.id ?? 0;
const lastOf = ({ events }: Page): number => events.at(-1)?.id ?? 0;

/** The pages that a page belongs to: it has none of their events or only the same ones, and the nearest is its own. */
function groupOf(groups: readonly Page[][], page: Page): Page[] | undefined {
  const fitting = groups.filter((group) => group.every((other) => areOfOne(other, page)));
  const isNext = (group: readonly Page[]): boolean =>
    group.some((other) => lastOf(other) + 1 === firstOf(page) || lastOf(page) + 1 === firstOf(other));
  const next = fitting.filter(isNext);
  if (next.length > 1)
    throw new WrongInput(
      `${page.place}: it goes on with event ${firstOf(page)}, as two histories do: import them one after the other`,
    );
  return next[0] ?? fitting.at(-1);
}

/** True unless both have an event of one id that is not the same. */
function areOfOne(one: Page, other: Page): boolean {
  if (lastOf(one) < firstOf(other) || lastOf(other) < firstOf(one)) return true;
  const byId = new Map(one.events.map((event) => [event.id, event]));
  return other.events.every((event) => {
    const same = byId.get(event.id);
    return !same || JSON.stringify(same) === JSON.stringify(event);
  });
}

function historyOf(pages: readonly Page[]): History {
  const place = pages[0]?.place ?? '';
  const byId = new Map(pages.flatMap(({ events }) => events).map((event) => [event.id, event]));
  const total = pages.reduce((sum, { events }) => sum + events.length, 0);
  const events = [...byId.values()].sort((one, other) => one.id - other.id);
  return {
    place,
    events,
    notes: [
      ...(total > events.length ? [`${place}: ${total - events.length} events came twice and are shown once`] : []),
      ...(pages.some(({ isReversed }) => isReversed)
        ? [`${place}: the newest event came first; it is shown last`]
        : []),
      ...(pages.some(({ isUnordered }) => isUnordered) ? [`${place}: the events were not in order; ids decide`] : []),
      ...missingIn(
        place,
        events,
        pages.some(({ hasNext }) => hasNext),
      ),
    ],
  };
}

const isEnd = (type: string): boolean => /^Execution(Succeeded|Failed|TimedOut|Aborted)$/.test(type);

/** Ids of a history count from 1 without a gap. */
function missingIn(place: string, events: readonly SourceEvent[], hasNext: boolean): readonly string[] {
  const gaps = events.flatMap(({ id }, index) => {
    const before = events[index - 1]?.id ?? 0;
    return id > before + 1 ? [id === before + 2 ? `${before + 1}` : `${before + 1} to ${id - 1}`] : [];
  });
  const few = gaps.slice(0, 5).join(', ');
  const last = events.at(-1);
  return [
    ...(gaps.length > 0
      ? [`${place}: events ${few}${gaps.length > 5 ? ' and more' : ''} are missing: add the other pages of the history`]
      : []),
    ...(hasNext && last && !isEnd(last.type)
      ? [
          `${place}: events after ${last.id} are missing, because the output has a NextToken: export the history without --max-items and --no-paginate`,
        ]
      : []),
  ];
}
