import { EMPTY } from './batcher.ts';
import type { Batch, Filling } from './batcher.ts';
import { Log } from './log.ts';
import type { ChildEnd, MapRunOutcome } from './protocol.ts';
import type { MapRunSpec } from './spec.ts';

/** A Map Run between two events: never changed. */
export interface MapRunState {
  readonly spec: MapRunSpec;
  readonly phase: Phase;
  /** Whether more items may come. */
  readonly listing: boolean;
  readonly itemsListed: number;
  readonly filling: Filling;
  /** One batch per child, in order; the first `started.length` are under way or done. */
  readonly batches: Log<Batch>;
  /** When each child was started, in milliseconds since the epoch. */
  readonly started: Log<number>;
  readonly ended: Log<ChildEnd & { readonly at: number }>;
  readonly items: Tally;
  readonly executions: Tally;
}

/** `backlogged` until the runtime starts it; `testing` and `writing` wait for files to be written. */
export type Phase =
  | { readonly kind: 'backlogged' | 'testing' | 'running' }
  | { readonly kind: 'writing'; readonly outcome: MapRunOutcome }
  | { readonly kind: 'ended'; readonly outcome: MapRunOutcome };

export interface Tally {
  readonly started: number;
  readonly SUCCEEDED: number;
  readonly FAILED: number;
  readonly TIMED_OUT: number;
  readonly ABORTED: number;
}

const NOTHING: Tally = { started: 0, SUCCEEDED: 0, FAILED: 0, TIMED_OUT: 0, ABORTED: 0 };

export const newMapRun = (spec: MapRunSpec): MapRunState => ({
  spec,
  phase: { kind: 'backlogged' },
  listing: true,
  itemsListed: 0,
  filling: EMPTY,
  batches: Log.empty(),
  started: Log.empty(),
  ended: Log.empty(),
  items: NOTHING,
  executions: NOTHING,
});

/** `itemCounts` or `executionCounts`: https://docs.aws.amazon.com/step-functions/latest/apireference/API_DescribeMapRun.html */
export interface Counts {
  readonly aborted: number;
  readonly failed: number;
  readonly failuresNotRedrivable: number;
  readonly pending: number;
  readonly pendingRedrive: number;
  readonly resultsWritten: number;
  readonly running: number;
  readonly succeeded: number;
  readonly timedOut: number;
  readonly total: number;
}

/** The progress of a Map Run, at any time. */
export function mapRunCounts(state: MapRunState): { readonly itemCounts: Counts; readonly executionCounts: Counts } {
  const written = state.phase.kind === 'ended' && state.spec.writer !== undefined;
  const executions = state.batches.length + (state.filling.items.length > 0 ? 1 : 0);
  return {
    itemCounts: counts(state.items, state.itemsListed, written),
    executionCounts: counts(state.executions, executions, written),
  };
}

function counts(tally: Tally, total: number, written: boolean): Counts {
  const ended = tally.SUCCEEDED + tally.FAILED + tally.TIMED_OUT + tally.ABORTED;
  return {
    aborted: tally.ABORTED,
    failed: tally.FAILED,
    failuresNotRedrivable: 0,
    pending: total - tally.started,
    pendingRedrive: 0,
    resultsWritten: written ? ended : 0,
    running: tally.started - ended,
    succeeded: tally.SUCCEEDED,
    timedOut: tally.TIMED_OUT,
    total,
  };
}
