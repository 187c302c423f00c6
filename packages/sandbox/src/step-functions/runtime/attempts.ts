import type { MapRunState } from '@crosswind/workflow/map-run/state';

/** An attempt at a batch: the first start of its child execution, or a redrive of it. Times are milliseconds since the epoch. */
export interface Attempt {
  readonly startedAt: number;
  /** Absent while it runs, and when it was stopped together with the Map Run. */
  readonly endedAt?: number;
  readonly status: 'RUNNING' | 'SUCCEEDED' | 'FAILED' | 'TIMED_OUT' | 'ABORTED';
  readonly error?: string;
  readonly cause?: string;
}

/** A batch that was started, with its attempts in their order. */
export interface BatchAttempts {
  readonly index: number;
  readonly items: number;
  readonly attempts: readonly Attempt[];
}

/** The attempts at every batch that was started, in the order of the batches. */
export function attemptsOf(state: MapRunState): readonly BatchAttempts[] {
  const { started, restarted, ended, again, phase } = state;
  const open = phase.kind === 'ended' || phase.kind === 'writing' ? 'ABORTED' : 'RUNNING';
  const batches = [...started].map((startedAt): Attempt[] => [{ startedAt, status: open }]);
  let restarts = 0;
  // What is to be started again and has no end was stopped with the run.
  const stopped = (index: number): void => {
    const attempts = batches[index];
    const latest = attempts?.at(-1);
    if (attempts && latest?.status === 'RUNNING') attempts[attempts.length - 1] = { ...latest, status: 'ABORTED' };
  };
  const restartUpTo = (position: number): void => {
    for (let next = restarted.at(restarts); next && next.endsBefore <= position; next = restarted.at(++restarts)) {
      stopped(next.index);
      batches[next.index]?.push({ startedAt: next.at, status: open });
    }
  };
  let position = 0;
  for (const end of ended) {
    restartUpTo(position);
    const attempts = batches[end.index];
    const latest = attempts?.at(-1);
    if (attempts && latest) attempts[attempts.length - 1] = { startedAt: latest.startedAt, ...outcomeOf(end) };
    position += 1;
  }
  restartUpTo(Infinity);
  for (const index of again.children.slice(again.next)) stopped(index);
  return batches.map((attempts, index) => ({ index, items: state.batches.at(index)?.items ?? 0, attempts }));
}

type End = MapRunState['ended'] extends Iterable<infer Each> ? Each : never;

function outcomeOf(end: End): Omit<Attempt, 'startedAt'> {
  if (end.kind === 'child-succeeded') return { endedAt: end.at, status: 'SUCCEEDED' };
  const { at, status, error, cause } = end;
  return { endedAt: at, status, ...(error !== undefined && { error }), ...(cause !== undefined && { cause }) };
}
