import { EMPTY } from './batcher.ts';
import type { Batch, Filling } from './batcher.ts';
import type { Json } from '@crosswind/aws/json';
import { Log } from './log.ts';
import type { ChildEnd, MapRunOutcome } from './protocol.ts';
import type { MapRunSpec } from './spec.ts';

/** A Map Run between two events: never changed. */
export interface MapRunState {
  readonly spec: MapRunSpec;
  readonly phase: Phase;
  readonly dispatch: Dispatch;
  /** True if more items may come. */
  readonly listing: boolean;
  /** Where the items that have not been read begin, if a page was asked for. */
  readonly unread?: string;
  readonly itemsListed: number;
  readonly filling: Filling;
  /** One batch per child, in order; the first `started.length` are under way or done. */
  readonly batches: Log<Batch>;
  /** When each child was started, in milliseconds since the epoch. */
  readonly started: Log<number>;
  readonly ended: Log<ChildEnd & { readonly at: number }>;
  /** Children that a redrive has run again, each with the number of ends that came before. */
  readonly restarted: Log<{ readonly index: number; readonly at: number; readonly endsBefore: number }>;
  /** Children that wait to be run again: all from `next` on, which have so many items. */
  readonly again: { readonly children: readonly number[]; readonly next: number; readonly items: number };
  readonly items: Tally;
  readonly executions: Tally;
  /** Failures that the last redrive could not run again. */
  readonly notRedrivable: Amount;
  readonly redriveCount: number;
  /** In milliseconds since the epoch. */
  readonly redrivenAt?: number;
  readonly reported: Reported;
}

interface Amount {
  readonly items: number;
  readonly executions: number;
}

/** Results that earlier attempts have written. A redrive adds to them. */
export interface Reported extends Amount {
  /** Entries of the manifest. */
  readonly succeeded: readonly Json[];
  /** How many of the ends were known then. */
  readonly ends: number;
}

/** How fast children are started, and how many were in the current second. */
export interface Dispatch {
  readonly perSecond: number;
  /** When the second began, in milliseconds since the epoch. */
  readonly second: number;
  readonly count: number;
  /** True if the runtime will send `dispatch` when the second is over. */
  readonly isWaiting: boolean;
}

/** `backlogged` until the runtime starts it; `testing` and `writing` wait for files to be written. */
export type Phase =
  | { readonly kind: 'backlogged' | 'testing' | 'running' }
  | { readonly kind: 'writing'; readonly outcome: MapRunOutcome; readonly reported: Reported }
  | { readonly kind: 'ended'; readonly outcome: MapRunOutcome };

export interface Tally {
  readonly started: number;
  readonly SUCCEEDED: number;
  readonly FAILED: number;
  readonly TIMED_OUT: number;
  readonly ABORTED: number;
}

export const NO_TALLY: Tally = { started: 0, SUCCEEDED: 0, FAILED: 0, TIMED_OUT: 0, ABORTED: 0 };

export const NOTHING_AGAIN: MapRunState['again'] = { children: [], next: 0, items: 0 };

/** @param dispatchPerSecond children that may be started in a second */
export const newMapRun = (spec: MapRunSpec, dispatchPerSecond = Infinity): MapRunState => ({
  spec,
  dispatch: { perSecond: dispatchPerSecond, second: -Infinity, count: 0, isWaiting: false },
  phase: { kind: 'backlogged' },
  listing: true,
  itemsListed: 0,
  filling: EMPTY,
  batches: Log.empty(),
  started: Log.empty(),
  ended: Log.empty(),
  restarted: Log.empty(),
  again: NOTHING_AGAIN,
  items: NO_TALLY,
  executions: NO_TALLY,
  notRedrivable: { items: 0, executions: 0 },
  redriveCount: 0,
  reported: { succeeded: [], ends: 0, items: 0, executions: 0 },
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
  const { batches, filling, again, items, executions, itemsListed, notRedrivable, reported } = state;
  const total = batches.length + (filling.items.length > 0 ? 1 : 0);
  const count = (tally: Tally, all: number, pendingRedrive: number, of: keyof Amount): Counts =>
    counts(tally, all, { pendingRedrive, failuresNotRedrivable: notRedrivable[of], resultsWritten: reported[of] });
  return {
    itemCounts: count(items, itemsListed, again.items, 'items'),
    executionCounts: count(executions, total, again.children.length - again.next, 'executions'),
  };
}

type Redriving = Pick<Counts, 'pendingRedrive' | 'failuresNotRedrivable' | 'resultsWritten'>;

function counts(tally: Tally, total: number, redriving: Redriving): Counts {
  return {
    ...redriving,
    aborted: tally.ABORTED,
    failed: tally.FAILED,
    pending: total - tally.started - redriving.pendingRedrive,
    running: runningOf(tally),
    succeeded: tally.SUCCEEDED,
    timedOut: tally.TIMED_OUT,
    total,
  };
}

export const endedOf = ({ SUCCEEDED, FAILED, TIMED_OUT, ABORTED }: Tally): number =>
  SUCCEEDED + FAILED + TIMED_OUT + ABORTED;

export const runningOf = (tally: Tally): number => tally.started - endedOf(tally);
