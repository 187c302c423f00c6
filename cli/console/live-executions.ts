import type { RunSource } from '@crosswind/console/server/snapshot';
import type { Execution, Sandbox } from '@crosswind/sandbox/sandbox';
import { sourceExecution, sourceMapRun } from './run-source.ts';

type SourceExecution = RunSource['executions'][number];
type MapRun = Execution['mapRuns'][number];

/** Executions that have ended which a page shows, the newest; those that run come on top. */
export const mostEnded = 300;

/** Executions that run which a page shows, the newest. */
export const mostOpen = 700;

/** Events of executions that have ended. */
const mostEvents = 200_000;

export interface ShownExecutions {
  /** In the order of their starts. */
  readonly executions: readonly Execution[];
  /** Sentences about what is left out. */
  readonly cut: readonly string[];
}

/** The executions of a sandbox that a page shows. */
export function shownExecutions({ executions }: Pick<Sandbox, 'executions'>): ShownExecutions {
  const all = executions.all();
  const open = all.filter(({ outcome }) => outcome === undefined).slice(-mostOpen);
  const ended = newestWithin(all.filter(({ outcome }) => outcome !== undefined));
  const kept = new Set([...open, ...ended]);
  const cut = `executions: the newest ${kept.size} of ${all.length}, those that run before others`;
  return { executions: all.filter((execution) => kept.has(execution)), cut: kept.size < all.length ? [cut] : [] };
}

/** The newest executions with that many events at most; the newest one whatever it has. */
function newestWithin(ended: readonly Execution[]): readonly Execution[] {
  let events = 0;
  return ended
    .slice(-mostEnded)
    .toReversed()
    .filter(({ history }, place) => (events += history.length) <= mostEvents || place === 0);
}

/** A part of an execution that is another object, or another number, whenever something in it changed. */
export const versionOf = ({ history, outcome, redriveCount, mapRuns }: Execution): readonly unknown[] => [
  ...[history.length, outcome, redriveCount, mapRuns.length],
  ...mapRuns.flatMap(({ state, stoppedAt }) => [state, stoppedAt]),
];

const isSame = (one: readonly unknown[], other: readonly unknown[]): boolean =>
  one.length === other.length && one.every((part, place) => part === other[place]);

/** Keeps what was made of an object until its version is another one. */
export function kept<Of extends object, Result>(
  version: (of: Of) => readonly unknown[],
  make: (of: Of) => Result,
): (of: Of) => Result {
  const known = new WeakMap<Of, { readonly version: readonly unknown[]; readonly result: Result }>();
  return (of) => {
    const now = version(of);
    const before = known.get(of);
    if (before && isSame(before.version, now)) return before.result;
    const result = make(of);
    known.set(of, { version: now, result });
    return result;
  };
}

/** Executions in AWS's terms; one that did not change is the same object as before, and so are its Map Runs and its input. */
export function liveExecutions(titleOf: (execution: Execution) => string): (execution: Execution) => SourceExecution {
  const mapRuns = kept(({ state, stoppedAt }: MapRun) => [state, stoppedAt], sourceMapRun);
  const inputs = kept(
    () => [],
    ({ input }: Execution) => JSON.stringify(input),
  );
  return kept(versionOf, (execution) => sourceExecution(execution, titleOf(execution), { mapRuns, inputs }));
}
