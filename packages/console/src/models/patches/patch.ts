import type { BatchColumns } from '../batches.ts';
import type { DecisionModel } from '../decisions.ts';
import type { ExecutionModel } from '../executions.ts';
import type { GraphModel } from '../graph.ts';
import type { Sections } from '../sections.ts';
import type { AccountModel, Snapshot } from '../snapshot.ts';
import type { VerdictModel } from '../verdict.ts';
import type { KeyedChange } from './keyed.ts';

/** A change of a snapshot, without what stays the same. Applied in order, patches make a later snapshot of an earlier one. */
export type Patch =
  | { readonly kind: 'time'; readonly at: number }
  | ({ readonly kind: 'executions' } & KeyedChange<ExecutionModel>)
  | ({ readonly kind: 'verdicts' } & KeyedChange<VerdictModel>)
  | ({ readonly kind: 'graphs' } & KeyedChange<GraphModel>)
  | ({ readonly kind: 'accounts' } & KeyedChange<AccountModel>)
  | ({ readonly kind: 'decisions' } & KeyedChange<DecisionChange>)
  | { readonly kind: 'events'; readonly more: MoreEvents }
  | { readonly kind: 'batches'; readonly changed: ChangedBatches }
  | SectionPatch
  | { readonly kind: 'cut'; readonly cut: Snapshot['cut'] };

export type SectionPatch = {
  readonly [Name in keyof Sections]: { readonly kind: 'section'; readonly name: Name; readonly value: Sections[Name] };
}[keyof Sections];

/** Events that an execution has had since; the columns go on where those before ended. */
export interface MoreEvents {
  /** ARN of the execution. */
  readonly execution: string;
  /** New words of the dictionaries, after those before. */
  readonly types: readonly string[];
  readonly states: readonly string[];
  readonly id: readonly number[];
  readonly time: readonly number[];
  readonly type: readonly number[];
  readonly previous: readonly number[];
  readonly state: readonly number[];
}

/** Everything of a Map Run but the columns of its batches. */
export type MapRunHead = Omit<
  BatchColumns,
  'statuses' | 'errors' | 'index' | 'start' | 'duration' | 'batchStatus' | 'error' | 'items' | 'attempts' | 'names'
>;

/** Batch as a tuple. */
export type ChangedBatch = readonly [
  index: number,
  start: number,
  duration: number,
  status: string,
  error: string | null,
  items: number,
  attempts: number,
  name: string | null,
];

/** A Map Run with the batches that are new or otherwise than before. */
export interface ChangedBatches {
  readonly head: MapRunHead;
  readonly batches: readonly ChangedBatch[];
}

/**
 * A group of decisions. Its seconds are the first `head` seconds of before, `run` seconds of before from the place `from`
 * on, and the seconds that it has itself.
 */
export interface DecisionChange extends DecisionModel {
  readonly kept: { readonly head: number; readonly from: number; readonly run: number };
}
