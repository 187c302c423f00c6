import { isDeepStrictEqual } from 'node:util';
import { isObject, type Json, textOf } from '@crosswind/aws/json';
import type { HistoryEvent } from '../execution/history.ts';
import type { Difference, RecordedEvent } from './recorded.ts';

/** Details that belong to an account, to a worker or to chance, and say nothing about what a definition does. */
const passedOver = [
  'roleArn',
  'region',
  'mapRunArn',
  'workerName',
  'inputDetails',
  'outputDetails',
  'assignedVariablesDetails',
  'redriveCount',
];

/**
 * Events of a recording and of a replay that are the same step. Branches and iterations may be in another order, so an event is
 * looked for among those that the same event led to.
 */
export class Pairing {
  readonly #children = new Map<number, RecordedEvent[]>();
  readonly #byReplayed = new Map<number, number>([[0, 0]]);
  readonly #byRecorded = new Map<number, number>([[0, 0]]);

  readonly #events: readonly RecordedEvent[];

  constructor(events: readonly RecordedEvent[]) {
    this.#events = events;
    for (const event of events) {
      const others = this.#children.get(event.previous);
      if (others) others.push(event);
      else this.#children.set(event.previous, [event]);
    }
  }

  /** Events that are paired. */
  get size(): number {
    return this.#byRecorded.size - 1;
  }

  /** Id of the replayed event that a recorded one is; undefined as long as there is none. */
  replayed(recorded: number): number | undefined {
    return this.#byRecorded.get(recorded);
  }

  /** The first recorded event without a partner. */
  get firstOpen(): RecordedEvent | undefined {
    return this.#events.find(({ id }) => !this.#byRecorded.has(id));
  }

  /** Pairs a replayed event, or says what is otherwise. */
  add(event: HistoryEvent): Difference | undefined {
    const previous = this.#byReplayed.get(event.previousEventId);
    const open = (this.#children.get(previous ?? -1) ?? []).filter(({ id }) => !this.#byRecorded.has(id));
    const details = detailsOf(event);
    const same = open.find((each) => isSameStep(each, event.type, details)) ?? this.#exitOfMapRun(event.type, details);
    if (!same) {
      const [other] = open;
      return {
        event: other?.id,
        field: 'type',
        recorded: other && stepText(other.type, other.details),
        replayed: stepText(event.type, details),
      };
    }
    this.#byReplayed.set(event.id, same.id);
    this.#byRecorded.set(same.id, event.id);
    return differenceOf(same, details);
  }

  /** AWS names sometimes the start and sometimes the end of a Map Run as the cause of the exit of its state, as recorded. */
  #exitOfMapRun(type: string, details: Details): RecordedEvent | undefined {
    if (type !== 'MapStateExited') return undefined;
    return this.#events.find((each) => isSameStep(each, type, details) && !this.#byRecorded.has(each.id));
  }
}

/** True for a step of the same type, state and iteration: branches and iterations have the same cause. */
const isSameStep = (recorded: RecordedEvent, type: string, details: Details): boolean =>
  recorded.type === type && ['name', 'index'].every((key) => recorded.details[key] === details[key]);

type Details = Readonly<Record<string, Json>>;

const stepText = (type: string, { name }: Details): string => (name === undefined ? type : `${type} ${textOf(name)}`);

const detailsOf = (event: HistoryEvent): Details => Object.values(event).find((value: Json) => isObject(value)) ?? {};

function differenceOf({ id, details: recorded }: RecordedEvent, replayed: Details): Difference | undefined {
  const keys = [...new Set([...Object.keys(recorded), ...Object.keys(replayed)])];
  const field = keys.find(
    (key) => !passedOver.includes(key) && !isDeepStrictEqual(valueOf(recorded[key]), valueOf(replayed[key])),
  );
  return field === undefined ? undefined : { event: id, field, recorded: recorded[field], replayed: replayed[field] };
}

/** JSON text as its value, because its spaces and the order of its keys mean nothing; an empty cause as none. */
function valueOf(detail: Json | undefined): unknown {
  if (isObject(detail)) return Object.fromEntries(Object.entries(detail).map(([key, value]) => [key, valueOf(value)]));
  if (detail === '' || detail === null) return undefined;
  if (typeof detail !== 'string') return detail;
  try {
    return JSON.parse(detail) as unknown;
  } catch {
    return detail;
  }
}
