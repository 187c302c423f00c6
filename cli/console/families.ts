import type { RecordedExecution } from '../run-record/run-record.ts';
import { hopsIn } from '../why/executions.ts';

/** An execution that no other one started, and all that it did start, itself included. */
export interface RecordedFamily {
  readonly root: RecordedExecution;
  readonly members: readonly RecordedExecution[];
}

/** Executions as families, in the order of their first members. */
export function familiesOf(executions: readonly RecordedExecution[]): readonly RecordedFamily[] {
  const callers = new Map(hopsIn(executions).map(({ caller, called }) => [called, caller]));
  const members = new Map<RecordedExecution, RecordedExecution[]>();
  for (const execution of executions) {
    const seen = new Set([execution]);
    let root = execution;
    for (let next = callers.get(root); next && !seen.has(next); next = callers.get(root)) {
      seen.add(next);
      root = next;
    }
    const known = members.get(root);
    if (known) known.push(execution);
    else members.set(root, [execution]);
  }
  return [...members].map(([root, all]) => ({ root, members: all }));
}
