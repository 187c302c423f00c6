import { type BatchColumns, columnsOfBatches } from '../batches.ts';
import type { DecisionModel } from '../decisions.ts';
import type { EventColumns } from '../events.ts';
import type { Snapshot } from '../snapshot.ts';
import { type KeyedChange, withChange } from './keyed.ts';
import type { ChangedBatches, DecisionChange, MoreEvents, Patch } from './patch.ts';
import { batchTuples } from './batch-tuples.ts';

/** The snapshot after patches. Pure: what did not change is the same object as before. */
export const withPatches = (snapshot: Snapshot, patches: readonly Patch[]): Snapshot =>
  patches.reduce(withPatch, snapshot);

function withPatch(snapshot: Snapshot, patch: Patch): Snapshot {
  switch (patch.kind) {
    case 'time':
      return { ...snapshot, at: patch.at };
    case 'executions':
      return withExecutions(snapshot, patch);
    case 'verdicts':
      return { ...snapshot, verdicts: withChange(snapshot.verdicts, patch, verdictKey) };
    case 'graphs':
      return { ...snapshot, graphs: withChange(snapshot.graphs, patch, graphKey) };
    case 'accounts':
      return { ...snapshot, accounts: withChange(snapshot.accounts, patch, accountKey) };
    case 'decisions':
      return { ...snapshot, decisions: withDecisions(snapshot.decisions, patch) };
    case 'events':
      return {
        ...snapshot,
        events: snapshot.events.map((events) =>
          events.execution === patch.more.execution ? withEvents(events, patch.more) : events,
        ),
      };
    case 'batches':
      return { ...snapshot, batches: inOrder(snapshot, withBatches(snapshot.batches, patch.changed)) };
    case 'section':
      return { ...snapshot, sections: { ...snapshot.sections, [patch.name]: patch.value } };
    case 'cut':
      return { ...snapshot, cut: patch.cut };
  }
}

/** Keys of the lists of a snapshot. */
export const executionKey = ({ arn }: { readonly arn: string }): string => arn;
export const verdictKey = ({ execution }: { readonly execution: string | null }): string => execution ?? '';
export const graphKey = ({ machineArn }: { readonly machineArn: string }): string => machineArn;
export const accountKey = ({ id }: { readonly id: string }): string => id;
export const decisionKey = accountKey;

/** Each execution has its events at the same place, and loses them with it. */
function withExecutions(snapshot: Snapshot, change: KeyedChange<Snapshot['executions'][number]>): Snapshot {
  const executions = withChange(snapshot.executions, change, executionKey);
  const known = new Map(snapshot.events.map((events) => [events.execution, events]));
  const events = executions.map(({ arn }) => known.get(arn) ?? noEvents(arn));
  return { ...snapshot, executions, events, batches: inOrder({ executions }, snapshot.batches) };
}

/** Columns of an execution without events. */
export const noEvents = (execution: string): EventColumns => ({
  execution,
  types: [],
  states: [],
  id: [],
  time: [],
  type: [],
  previous: [],
  state: [],
  total: 0,
});

function withEvents(before: EventColumns, more: MoreEvents): EventColumns {
  const id = [...before.id, ...more.id];
  return {
    execution: before.execution,
    types: [...before.types, ...more.types],
    states: [...before.states, ...more.states],
    id,
    time: [...before.time, ...more.time],
    type: [...before.type, ...more.type],
    previous: [...before.previous, ...more.previous],
    state: [...before.state, ...more.state],
    total: id.length,
  };
}

function withBatches(all: readonly BatchColumns[], { head, batches }: ChangedBatches): readonly BatchColumns[] {
  const before = all.find(({ mapRunArn }) => mapRunArn === head.mapRunArn);
  const rows = new Map((before ? batchTuples(before) : []).map((batch) => [batch[0], batch]));
  for (const batch of batches) rows.set(batch[0], batch);
  const columns = columnsOfBatches(
    head,
    [...rows.values()].map(([index, start, duration, status, error, items, attempts, name]) => ({
      index,
      start,
      duration,
      status,
      error,
      items,
      attempts,
      name,
    })),
  );
  return before ? all.map((each) => (each === before ? columns : each)) : [...all, columns];
}

/** Map Runs in the order of their executions, without those of executions that are gone. */
function inOrder(
  { executions }: Pick<Snapshot, 'executions'>,
  batches: readonly BatchColumns[],
): readonly BatchColumns[] {
  const byExecution = new Map<string, BatchColumns[]>();
  for (const each of batches) byExecution.set(each.execution, [...(byExecution.get(each.execution) ?? []), each]);
  return executions.flatMap(({ arn }) => byExecution.get(arn) ?? []);
}

function withDecisions(
  decisions: readonly DecisionModel[],
  { gone, put }: KeyedChange<DecisionChange>,
): readonly DecisionModel[] {
  const known = new Map(decisions.map((decision) => [decision.id, decision.seconds]));
  const changes = put.map(([place, { kept, ...decision }]): readonly [number, DecisionModel] => {
    const before = known.get(decision.id) ?? [];
    const { head, from, run } = kept;
    const seconds = [...before.slice(0, head), ...before.slice(from, from + run), ...decision.seconds];
    return [place, { ...decision, seconds }];
  });
  return withChange(decisions, { gone, put: changes }, decisionKey);
}
