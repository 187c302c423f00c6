import { batchRows } from '../models/batches.ts';
import type { ExecutionModel } from '../models/executions.ts';
import { familyOf, shownState } from '../models/family.ts';
import { grouped } from '../models/grouped.ts';
import type { Snapshot } from '../models/snapshot.ts';
import { accountName, eventsOf, mapRunsOf } from '../models/lookup.ts';
import type { WaterfallRow } from './waterfall-row.ts';
import { deniedRows, withStuck } from './stuck-rows.ts';
import type { ShownState } from '../models/states.ts';
import { entriesOf, type StateEntries, type StateEntry } from './state-entries.ts';
import { type RowSpan, spansOf } from './state-spans.ts';

export type { WaterfallRow } from './waterfall-row.ts';

/** Rows of an execution and of all that it started: states below their execution, executions below the state that started them. */
export function waterfallRows(snapshot: Snapshot, root: ExecutionModel): readonly WaterfallRow[] {
  const family = familyOf(snapshot.executions, root);
  const started = grouped(family, (execution) => (execution === root ? undefined : execution.parent?.arn));
  const rows: WaterfallRow[] = [];
  const add = (execution: ExecutionModel, depth: number): void => {
    rows.push(executionRow(snapshot, execution, depth));
    const part = partOf(snapshot, execution);
    const below = grouped(
      started.get(execution.arn) ?? [],
      ({ parent }) => part.keys[part.entries.entryOf.get(parent?.event ?? -1) ?? -1],
    );
    for (const row of part.rows) {
      const at = row.depth + depth;
      rows.push({ ...row, depth: at });
      for (const each of below.get(row.key) ?? []) add(each, at + 1);
      rows.push(...deniedRows(snapshot, execution, row, at + 1));
    }
    for (const each of below.get(undefined) ?? []) add(each, depth + 1);
  };
  add(root, 0);
  return rows;
}

const noEntries: StateEntries = { entries: [], entryOf: new Map() };

interface Part {
  readonly entries: StateEntries;
  /** Key of the row of each entry. */
  readonly keys: readonly string[];
  readonly rows: readonly WaterfallRow[];
}

function partOf(snapshot: Snapshot, execution: ExecutionModel): Part {
  const columns = eventsOf(snapshot.events, execution.arn);
  const entries = columns ? entriesOf(columns, execution.stoppedAt) : noEntries;
  const keys: string[] = [];
  const byKey = new Map<string, StateEntry[]>();
  const children = new Map<string, string[]>();
  for (const entry of entries.entries) {
    const outer = keys[entry.outer] ?? '';
    const key = `${keys[entry.outer] ?? execution.arn}\n${entry.name}`;
    keys.push(key);
    const known = byKey.get(key);
    if (known) {
      known.push(entry);
      continue;
    }
    byKey.set(key, [entry]);
    const inside = children.get(outer);
    if (inside) inside.push(key);
    else children.set(outer, [key]);
  }
  const rows: WaterfallRow[] = [];
  const add = (outer: string, depth: number): void => {
    for (const key of children.get(outer) ?? []) {
      rows.push(stateRow(snapshot, execution, byKey.get(key) ?? [], key, depth));
      add(key, depth + 1);
    }
  };
  add('', 1);
  return { entries, keys, rows };
}

function executionRow(snapshot: Snapshot, execution: ExecutionModel, depth: number): WaterfallRow {
  const { arn, title, startedAt, stoppedAt, account, parent } = execution;
  const name = accountName(snapshot.accounts, account);
  const role = parent?.role?.split('/').at(-1);
  const place = [name, account].filter((part) => part !== undefined).join(' ');
  return {
    ...{ key: arn, depth, kind: 'execution', execution: arn, label: title, type: 'Execution' },
    state: shownState(execution, snapshot.verdicts),
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
  const spans = entries
    .flatMap((entry) => withStuck(snapshot, execution, entry, spansOf(entry, snapshot.at)))
    .sort((one, other) => one.from - other.from);
  const mapRuns = mapRunsOf(snapshot.batches, execution.arn).filter(({ state }) => state === first?.name);
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
