import { batchesWith, type BatchColumns } from '../models/batches.ts';
import type { EventColumns, EventDetails } from '../models/events.ts';
import type { ExecutionModel } from '../models/executions.ts';
import type { Snapshot } from '../models/snapshot.ts';
import { mostRows, withRows } from './fewer-rows.ts';

/** Characters of an input, an output or another text at most. */
const mostCharacters = 8_192;

/** Events of an execution that are kept, the first and the last half, in the order in which one tries. */
const eventLimits = [10_000, 2_000, 400, 100] as const;

/** Batches of a Map Run that are kept, those that did not succeed before others. */
const batchLimits = [10_000, 1_000] as const;

/** Rows of a table of results that are kept, the first ones. */
const rowLimits = [2_000, 200] as const;

/** Seconds of a group of decisions that are kept when nothing else helps. */
const fewSeconds = 8;

/**
 * A snapshot, and after it the same with more and more left out: details of events that succeeded, events in the middle
 * of an execution, names of batches, all details, batches, seconds of decisions, values of dashboards, rows of results,
 * executions.
 */
export function* cutSnapshots(snapshot: Snapshot, withData: boolean): Generator<Snapshot> {
  const whole = totalsOf(snapshot);
  let current = withData ? withShortTexts(snapshot) : withoutData(snapshot);
  yield current;
  if (withData)
    yield (current = withoutDetailsOf(current, whole, (type) => !isFailure(type), 'of events that succeeded'));
  yield (current = withFewerEvents(current, whole, eventLimits[0]));
  yield (current = withoutNames(current));
  if (withData) yield (current = withoutDetailsOf(current, whole, () => true, 'of all events'));
  for (const limit of eventLimits.slice(1)) yield (current = withFewerEvents(current, whole, limit));
  yield (current = withFewSeconds(current));
  for (const limit of batchLimits) yield (current = withFewerBatches(current, whole, limit));
  yield (current = withoutValues(current));
  for (const limit of rowLimits) yield (current = withFewerRows(current, whole, limit));
  for (let most = current.executions.length >> 1; most > 0; most >>= 1) {
    yield (current = withFewerExecutions(current, whole, most));
  }
}

/** Counts before anything was left out; of events, batches and rows those of the longest execution, Map Run and table. */
interface Totals {
  readonly details: number;
  readonly events: number;
  readonly batches: number;
  readonly executions: number;
  readonly rows: number;
}

const totalsOf = ({ details, events, batches, executions, answers }: Snapshot): Totals => ({
  details: countOf(details),
  events: Math.max(0, ...events.map(({ total }) => total)),
  batches: Math.max(0, ...batches.map(({ total }) => total)),
  executions: executions.length,
  rows: mostRows(answers),
});

const isFailure = (type: string): boolean => /(Failed|TimedOut|Aborted)$/.test(type);

const saying = (snapshot: Snapshot, sentence: string): Snapshot => ({
  ...snapshot,
  cut: [...snapshot.cut.filter((other) => headOf(other) !== headOf(sentence)), sentence],
});

/** The subject of a sentence: a later one about it replaces it. */
const headOf = (sentence: string): string => sentence.split(':')[0] ?? sentence;

function withoutData(snapshot: Snapshot): Snapshot {
  const executions = snapshot.executions.map((execution) => ({ ...execution, input: null, output: null, cause: null }));
  return saying({ ...snapshot, executions, details: [] }, 'inputs and outputs: left out, because of --no-data');
}

function withShortTexts(snapshot: Snapshot): Snapshot {
  const texts = [
    ...snapshot.executions.flatMap(({ input, output, cause }) => [input, output, cause]),
    ...snapshot.details.flatMap(({ byId }) => byId.flatMap(([, fields]) => Object.values(fields))),
  ];
  if (!texts.some(isLong)) return snapshot;
  const executions = snapshot.executions.map(shortExecution);
  const details = snapshot.details.map(({ execution, byId }) => ({
    execution,
    byId: byId.map(([id, fields]) => [id, withShortFields(fields)] as const),
  }));
  return saying({ ...snapshot, executions, details }, shortTextsSentence);
}

/** Says that long texts are cut. */
export const shortTextsSentence = `inputs, outputs and causes: the first ${mostCharacters} characters of each`;

/** An execution with the begin of its input, output and cause, where they are long. */
export const shortExecution = (execution: ExecutionModel): ExecutionModel => ({
  ...execution,
  input: shortened(execution.input),
  output: shortened(execution.output),
  cause: shortened(execution.cause),
});

/** True if a text of an execution was cut. */
export const hasShortText = ({ input, output, cause }: ExecutionModel): boolean => [input, output, cause].some(isLong);

const isLong = (value: unknown): value is string => typeof value === 'string' && value.length > mostCharacters;

const shortened = <Value>(value: Value): Value | string =>
  isLong(value) ? `${value.slice(0, mostCharacters)}…` : value;

const withShortFields = (fields: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> =>
  Object.fromEntries(Object.entries(fields).map(([key, value]) => [key, shortened(value)]));

function withoutDetailsOf(
  snapshot: Snapshot,
  whole: Totals,
  isOut: (type: string) => boolean,
  which: string,
): Snapshot {
  const typesOf = new Map(snapshot.events.map((events) => [events.execution, typesById(events)]));
  const details = snapshot.details.map(({ execution, byId }): EventDetails => ({
    execution,
    byId: byId.filter(([id]) => !isOut(typesOf.get(execution)?.get(id) ?? '')),
  }));
  const after = countOf(details);
  if (after === countOf(snapshot.details)) return snapshot;
  return saying({ ...snapshot, details }, `details: left out ${which}, ${after} of ${whole.details} are here`);
}

const countOf = (details: readonly EventDetails[]): number => details.reduce((sum, { byId }) => sum + byId.length, 0);

function typesById({ types, type, id }: EventColumns): ReadonlyMap<number, string> {
  let last = 0;
  return new Map(id.map((step, index) => [(last += step), types[type[index] ?? 0] ?? '']));
}

function withFewerEvents(snapshot: Snapshot, whole: Totals, most: number): Snapshot {
  const events = snapshot.events.map((columns) => fewerEvents(columns, most));
  const kept = new Map(events.map((columns) => [columns.execution, new Set(typesById(columns).keys())]));
  const details = snapshot.details.map(({ execution, byId }) => ({
    execution,
    byId: byId.filter(([id]) => kept.get(execution)?.has(id)),
  }));
  if (whole.events <= most) return snapshot;
  return saying(
    { ...snapshot, events, details },
    `events: the first and the last ${most / 2} of each execution, of up to ${whole.events}`,
  );
}

function fewerEvents(columns: EventColumns, most: number): EventColumns {
  const count = columns.id.length;
  if (count <= most) return columns;
  const [head, tail] = [most / 2, count - most / 2];
  const ends = (column: readonly number[]): readonly number[] => [...column.slice(0, head), ...column.slice(tail)];
  /** Of differences, the first one after the hole is to the last one before it. */
  const joined = (column: readonly number[]): readonly number[] => [
    ...column.slice(0, head),
    column.slice(head, tail + 1).reduce((sum, step) => sum + step, 0),
    ...column.slice(tail + 1),
  ];
  const { id, time, type, previous, state } = columns;
  return {
    ...columns,
    id: joined(id),
    time: joined(time),
    type: ends(type),
    previous: ends(previous),
    state: ends(state),
  };
}

function withoutNames(snapshot: Snapshot): Snapshot {
  if (snapshot.batches.length === 0) return snapshot;
  const batches = snapshot.batches.map((columns) => ({ ...columns, names: [] }));
  return saying({ ...snapshot, batches }, 'names of batches: left out');
}

function withFewSeconds(snapshot: Snapshot): Snapshot {
  const decisions = snapshot.decisions.map((decision) => ({
    ...decision,
    seconds: [
      ...decision.seconds.slice(0, fewSeconds / 2),
      ...decision.seconds.slice(fewSeconds / 2).slice(-fewSeconds / 2),
    ],
  }));
  return saying({ ...snapshot, decisions }, `times of decisions: the first and the last ${fewSeconds / 2} of each`);
}

/** Dashboards keep their bodies and their alarms, and say in the place of the values that they are not here. */
function withoutValues(snapshot: Snapshot): Snapshot {
  const answers = snapshot.answers.filter(({ kind }) => kind !== 'metrics');
  if (answers.length === snapshot.answers.length) return snapshot;
  return saying({ ...snapshot, answers }, 'values of dashboards: left out');
}

function withFewerBatches(snapshot: Snapshot, whole: Totals, most: number): Snapshot {
  if (whole.batches <= most) return snapshot;
  const batches = snapshot.batches.map((columns) => batchesWith(columns, placesKept(columns, most)));
  return saying(
    { ...snapshot, batches },
    `batches: ${most} of each Map Run, of up to ${whole.batches}; those that did not succeed before others`,
  );
}

function placesKept({ statuses, batchStatus }: BatchColumns, most: number): readonly number[] {
  const hasSucceeded = (place: number): boolean => statuses[batchStatus[place] ?? -1] === 'SUCCEEDED';
  const places = batchStatus.map((_, place) => place);
  const others = places.filter((place) => !hasSucceeded(place));
  return [...others, ...places.filter(hasSucceeded)].slice(0, most).sort((one, other) => one - other);
}

function withFewerRows(snapshot: Snapshot, whole: Totals, most: number): Snapshot {
  if (whole.rows <= most) return snapshot;
  return saying(
    { ...snapshot, answers: withRows(snapshot.answers, most) },
    `results: the first ${most} rows of each table, of up to ${whole.rows}`,
  );
}

function withFewerExecutions(snapshot: Snapshot, whole: Totals, most: number): Snapshot {
  const executions = snapshot.executions.slice(0, most);
  const arns = new Set(executions.map(({ arn }) => arn));
  const isKept = ({ execution }: { readonly execution: string }): boolean => arns.has(execution);
  return saying(
    {
      ...snapshot,
      executions,
      events: snapshot.events.filter(isKept),
      details: snapshot.details.filter(isKept),
      batches: snapshot.batches.filter(isKept),
    },
    `executions: the first ${most} of ${whole.executions}`,
  );
}
