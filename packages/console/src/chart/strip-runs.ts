import { urgency } from '../models/family.ts';
import type { ShownState } from '../models/states.ts';
import type { ExecutionModel } from '../models/executions.ts';

/** Runs that begin at about the same time, as one mark of the strip. Times are milliseconds since the epoch. */
export interface StripRun {
  readonly key: string;
  readonly from: number;
  readonly to: number;
  /** The most urgent state of them. */
  readonly state: ShownState;
  readonly count: number;
}

/** Runs as marks of a strip, in the order of their starts: each alone if there are few, else those of a column together. */
export function stripRuns(
  runs: readonly { readonly run: ExecutionModel; readonly state: ShownState }[],
  { from, to }: { readonly from: number; readonly to: number },
  most: number,
): readonly StripRun[] {
  const single = runs.map(({ run, state }) => ({
    ...{ key: run.arn, from: run.startedAt, to: run.stoppedAt ?? to, state, count: 1 },
  }));
  if (runs.length <= most) return single;
  const columns = new Map<number, StripRun>();
  for (const run of single) {
    const column = Math.min(most - 1, Math.floor((most * (run.from - from)) / Math.max(1, to - from)));
    const known = columns.get(column);
    columns.set(column, known ? joined(known, run) : run);
  }
  return [...columns].sort(([one], [other]) => one - other).map(([, run]) => run);
}

const joined = (one: StripRun, other: StripRun): StripRun => ({
  key: one.key,
  from: Math.min(one.from, other.from),
  to: Math.max(one.to, other.to),
  state: urgency(other.state) < urgency(one.state) ? other.state : one.state,
  count: one.count + other.count,
});
