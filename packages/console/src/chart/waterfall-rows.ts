import { countText } from './time-text.ts';
import { type BatchRow, batchRows } from '../models/batches.ts';
import { eventRows } from '../models/events.ts';
import type { ExecutionModel } from '../models/executions.ts';
import { familyOf, shownState } from '../models/family.ts';
import type { Snapshot } from '../models/snapshot.ts';
import type { ShownState } from '../models/states.ts';
import { type StateEntries, type StateEntry, stateEntries } from './state-entries.ts';
import { type RowSpan, spansOf } from './state-spans.ts';

/** A row of a waterfall. Times are milliseconds since the epoch. */
export interface WaterfallRow {
  readonly key: string;
  /** Levels below the first execution. */
  readonly depth: number;
  readonly kind: 'execution' | 'state' | 'denied';
  /** ARN of the execution that it belongs to. */
  readonly execution: string;
  readonly label: string;
  /** `Standard`, the type of a state, or how often something was tried. */
  readonly type: string;
  readonly state: ShownState;
  readonly from: number;
  readonly to: number;
  readonly spans: readonly RowSpan[];
  readonly batches: readonly BatchRow[];
  /** Times of denied calls; of many, the first and the last. */
  readonly denied: readonly (readonly [at: number, times: number])[];
  /** False if times of denied calls were cut, so that nothing follows from the time between them. */
  readonly areAllDenied: boolean;
  /** Id of the event that shows it in the history; null for none. */
  readonly event: number | null;
  /** Role and account of an execution that another one started. */
  readonly note: string | null;
}

/** Rows of an execution and of all that it started: states below their execution, executions below the state that started them. */
export function waterfallRows(snapshot: Snapshot, root: ExecutionModel): readonly WaterfallRow[] {
  const family = familyOf(snapshot.executions, root);
  const parts = new Map(family.map((execution) => [execution.arn, partOf(snapshot, execution)]));
  const rowsOf = (execution: ExecutionModel, depth: number): readonly WaterfallRow[] => {
    const part = parts.get(execution.arn);
    if (!part) return [];
    const started = family.filter(({ parent, arn }) => parent?.arn === execution.arn && arn !== execution.arn);
    const keyOf = ({ parent }: ExecutionModel): string | undefined =>
      part.keys[part.entries.entryOf.get(parent?.event ?? -1) ?? -1];
    const below = (key: string | undefined, at: number): readonly WaterfallRow[] =>
      started.filter((each) => keyOf(each) === key).flatMap((each) => rowsOf(each, at));
    return [
      executionRow(snapshot, execution, depth),
      ...part.rows.flatMap((row) => [
        { ...row, depth: row.depth + depth },
        ...below(row.key, row.depth + depth + 1),
        ...deniedRows(snapshot, execution, row, row.depth + depth + 1),
      ]),
      ...below(undefined, depth + 1),
    ];
  };
  return rowsOf(root, 0);
}

interface Part {
  readonly entries: StateEntries;
  /** Key of the row of each entry. */
  readonly keys: readonly string[];
  readonly rows: readonly WaterfallRow[];
}

function partOf(snapshot: Snapshot, execution: ExecutionModel): Part {
  const columns = snapshot.events.find((events) => events.execution === execution.arn);
  const entries = stateEntries(columns ? eventRows(columns) : [], execution.stoppedAt);
  const keys: string[] = [];
  const byKey = new Map<string, number[]>();
  entries.entries.forEach(({ name, outer }, index) => {
    const key = `${keys[outer] ?? execution.arn}\n${name}`;
    keys.push(key);
    const known = byKey.get(key);
    if (known) known.push(index);
    else byKey.set(key, [index]);
  });
  const children = new Map<string, string[]>();
  for (const [key, [first = 0]] of byKey) {
    const outer = keys[entries.entries[first]?.outer ?? -1] ?? '';
    children.set(outer, [...(children.get(outer) ?? []), key]);
  }
  const inOrder = (outer: string, depth: number): readonly WaterfallRow[] =>
    (children.get(outer) ?? []).flatMap((key) => {
      const of = (byKey.get(key) ?? []).flatMap((index) => entries.entries[index] ?? []);
      return [stateRow(snapshot, execution, of, key, depth), ...inOrder(key, depth + 1)];
    });
  return { entries, keys, rows: inOrder('', 1) };
}

function executionRow(snapshot: Snapshot, execution: ExecutionModel, depth: number): WaterfallRow {
  const { arn, title, startedAt, stoppedAt, account, parent } = execution;
  const name = snapshot.accounts.find(({ id }) => id === account)?.name;
  const role = parent?.role?.split('/').at(-1);
  const place = [name, account].filter((part) => part !== undefined).join(' ');
  return {
    ...{ key: arn, depth, kind: 'execution', execution: arn, label: title, type: 'Execution' },
    state: shownState(execution, snapshot.verdict),
    from: startedAt,
    to: stoppedAt ?? snapshot.at,
    ...{ spans: [], batches: [], denied: [], areAllDenied: true, event: 1 },
    note: parent ? `${place}${role === undefined ? '' : ` as ${role}`}` : place,
  };
}

function stateRow(
  snapshot: Snapshot,
  execution: ExecutionModel,
  entries: readonly StateEntry[],
  key: string,
  depth: number,
): WaterfallRow {
  const [first] = entries;
  const last = entries.at(-1);
  const spans = entries.flatMap((entry) => withStuck(snapshot, execution, entry, spansOf(entry, snapshot.at)));
  const mapRuns = snapshot.batches.filter(
    ({ execution: arn, state }) => arn === execution.arn && state === first?.name,
  );
  const ends = entries.map(({ to }) => to ?? snapshot.at);
  return {
    ...{ key, depth, kind: 'state', execution: execution.arn, label: first?.name ?? '' },
    type: mapRuns.length > 0 ? 'Map Run' : (first?.type ?? ''),
    state: stateOfEntries(last, spans),
    from: first?.from ?? 0,
    to: ends.reduce((one, other) => Math.max(one, other), 0),
    spans,
    batches: mapRuns.flatMap(batchRows),
    denied: [],
    areAllDenied: true,
    event: first?.event ?? null,
    note: entries.length > 1 ? `entered ${entries.length} times` : null,
  };
}

function stateOfEntries(last: StateEntry | undefined, spans: readonly RowSpan[]): ShownState {
  if (spans.some(({ kind }) => kind === 'stuck')) return 'stuck';
  if (last?.to === null) return spans.at(-1)?.kind === 'waiting' ? 'waiting' : 'running';
  if (last?.marks.at(-1)?.type.endsWith('TimedOut')) return 'timed out';
  return last?.hasFailed || last?.marks.at(-1)?.type.endsWith('Failed') ? 'failed' : 'succeeded';
}

/** Spans in which the time of a claim about being stuck is apart. */
function withStuck(
  { verdict, at }: Snapshot,
  { arn }: ExecutionModel,
  entry: StateEntry,
  spans: readonly RowSpan[],
): readonly RowSpan[] {
  const claim = verdict.claims.find(({ gravity, execution }) => gravity === 'stuck' && execution === arn);
  const since = claim?.since ?? null;
  const end = entry.to ?? at;
  if (!claim || since === null || since < entry.from || since >= end) return spans;
  const until = Math.min(end, claim.until ?? end);
  return spans.flatMap((span): readonly RowSpan[] => {
    const cut = (kind: RowSpan['kind'], from: number, to: number): readonly RowSpan[] =>
      to > from ? [{ ...span, kind, from, to }] : [];
    return [
      // It worked until then, even if it failed in the end.
      ...cut(since < span.to ? 'running' : span.kind, span.from, Math.min(span.to, since)),
      ...cut('stuck', Math.max(span.from, since), Math.min(span.to, until)),
      ...cut(span.kind, Math.max(span.from, until), span.to),
    ];
  });
}

/** Denied calls that a claim about an execution rests on, below the state that was stuck or failed by them. */
function deniedRows(
  { verdict, decisions }: Snapshot,
  { arn }: ExecutionModel,
  row: WaterfallRow,
  depth: number,
): readonly WaterfallRow[] {
  const isAbout = verdict.claims.some(
    ({ execution, since }) => execution === arn && since !== null && since >= row.from && since < row.to,
  );
  if (!isAbout || !['stuck', 'failed', 'timed out'].includes(row.state)) return [];
  return verdict.evidence.flatMap((item) => {
    if (item.kind !== 'decision') return [];
    const groups = decisions.filter(({ denial }) => denial === item.id);
    if (groups.length === 0) return [];
    return groups.map((group): WaterfallRow => ({
      ...{ key: `${row.key}\n${group.id}`, depth, kind: 'denied', execution: arn, label: group.action },
      ...{ type: 'Request', state: 'denied', from: group.first, to: group.last, spans: [], batches: [] },
      denied: group.seconds,
      areAllDenied: group.seconds.reduce((sum, [, count]) => sum + count, 0) >= group.times,
      event: null,
      note: `${group.isEstimated ? 'about ' : ''}${countText(group.times)} denied`,
    }));
  });
}

/** The rows that are not below a folded one. */
export function visibleRows(rows: readonly WaterfallRow[], folded: ReadonlySet<string>): readonly WaterfallRow[] {
  let below = Infinity;
  return rows.filter((row) => {
    if (row.depth > below) return false;
    below = folded.has(row.key) ? row.depth : Infinity;
    return true;
  });
}
