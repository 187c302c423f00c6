import type { ChildEnd } from './protocol.ts';
import { NO_TALLY } from './state.ts';
import type { MapRunState, Tally } from './state.ts';

/** A child that was started at least once. */
export interface Dispatched {
  /** When it was first started, or as an Express execution started last, in milliseconds since the epoch. */
  readonly startedAt: number;
  readonly redrives: number;
  /** How its latest attempt ended, and as which end of the whole run; absent while it runs, or when it was stopped with the run. */
  readonly end?: ChildEnd & { readonly at: number };
  readonly endedAs?: number;
}

/** Every child that was started, in order, with what became of it. */
export function dispatchedOf({ spec, started, restarted, ended }: MapRunState): readonly Dispatched[] {
  const children: Dispatched[] = [...started].map((startedAt) => ({ startedAt, redrives: 0 }));
  let restarts = 0;
  const restartUpTo = (position: number): void => {
    for (let next = restarted.at(restarts); next && next.endsBefore <= position; next = restarted.at(++restarts)) {
      const { startedAt = next.at, redrives = 0 } = children[next.index] ?? {};
      const at = spec.executionType === 'EXPRESS' ? next.at : startedAt;
      children[next.index] = { startedAt: at, redrives: redrives + 1 };
    }
  };
  let position = 0;
  for (const end of ended) {
    restartUpTo(position);
    const child = children[end.index];
    if (child) children[end.index] = { ...child, end, endedAs: position };
    position++;
  }
  restartUpTo(Infinity);
  return children;
}

/** How many items a child was given. */
export const itemsOf = ({ batches }: MapRunState, index: number): number => batches.at(index)?.items ?? 0;

/** Sums the weights of children by status. One without an end was stopped with its run and counts as aborted. */
export function tallied(children: readonly (Dispatched | undefined)[], weight: (index: number) => number): Tally {
  const tally: { -readonly [Field in keyof Tally]: number } = { ...NO_TALLY };
  for (const [index, child] of children.entries()) {
    if (!child) continue;
    tally.started += weight(index);
    tally[statusOf(child)] += weight(index);
  }
  return tally;
}

export const statusOf = ({ end }: Dispatched): 'SUCCEEDED' | 'FAILED' | 'TIMED_OUT' | 'ABORTED' =>
  end?.kind === 'child-succeeded' ? 'SUCCEEDED' : (end?.status ?? 'ABORTED');
