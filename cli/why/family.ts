import type { RecordedExecution } from '../run-record/run-record.ts';
import { hopsIn } from './executions.ts';

/** The executions of one run, the first one first, and those of other runs. */
export interface Family {
  readonly run: readonly RecordedExecution[];
  readonly others: readonly RecordedExecution[];
}

/** Splits executions into those that belong to one of them, by whatever has started what, and all others. */
export function familyOf(executions: readonly RecordedExecution[], asked: string | null): Family {
  const hops = hopsIn(executions);
  const members = new Set(asked === null ? [] : [asked]);
  for (let size = 0; size < members.size;) {
    size = members.size;
    for (const { caller, called } of hops) {
      if (members.has(called.arn)) members.add(caller.arn);
      if (members.has(caller.arn)) members.add(called.arn);
    }
  }
  return {
    run: executions.filter(({ arn }) => members.has(arn)).sort((one, other) => one.startedAt - other.startedAt),
    others: executions.filter(({ arn }) => !members.has(arn)),
  };
}

/**
 * The execution that was started last: of a state machine, else of those that no other one started; null where there is none.
 */
export function lastRun(executions: readonly RecordedExecution[], stateMachineArn: string | null): string | null {
  const called = new Set(hopsIn(executions).map((hop) => hop.called.arn));
  const first = executions.filter((execution) =>
    stateMachineArn === null ? !called.has(execution.arn) : execution.stateMachineArn === stateMachineArn,
  );
  return (
    first.reduce<RecordedExecution | undefined>(
      (last, execution) => (last && last.startedAt > execution.startedAt ? last : execution),
      undefined,
    )?.arn ?? null
  );
}
