import type { RecordedExecution } from '../run-record/run-record.ts';
import type { Evidence, OtherRun, StateTime } from './evidence.ts';
import { familyOf, lastRun } from './family.ts';

export interface EvidenceProps extends Omit<Evidence, 'asked' | 'isLast' | 'executions' | 'others'> {
  /** Every execution that is known, of this run and of others. */
  readonly known: readonly RecordedExecution[];
  /** ARN of the execution that is asked for; undefined for the last run. */
  readonly of: string | undefined;
}

/** Evidence about one run out of all that is known. */
export function evidenceFrom({ known, of, ...rest }: EvidenceProps): Evidence {
  const asked = of ?? lastRun(known, rest.stateMachineArn);
  const { run, others } = familyOf(known, asked);
  const machines = new Set(run.map(({ stateMachineArn }) => stateMachineArn));
  return {
    ...rest,
    asked,
    isLast: of === undefined,
    executions: run,
    others: others.filter(({ stateMachineArn }) => machines.has(stateMachineArn)).map(otherRun),
  };
}

const otherRun = (execution: RecordedExecution): OtherRun => {
  const { arn, stateMachineArn, status, startedAt, stoppedAt, input } = execution;
  return { arn, stateMachineArn, status, startedAt, stoppedAt, input, states: stateTimes(execution) };
};

/** How long an execution was in each of its states; of a state that was entered again and again, the longest time. */
export function stateTimes({
  events,
  stoppedAt,
}: Pick<RecordedExecution, 'events' | 'stoppedAt'>): readonly StateTime[] {
  const times = new Map<string, number>();
  events.forEach(({ type, state, at }, index) => {
    if (!type.endsWith('StateEntered') || state === undefined) return;
    const left = events.slice(index).find((event) => event.type.endsWith('StateExited') && event.state === state);
    const until = left?.at ?? stoppedAt;
    if (until !== null) times.set(state, Math.max(times.get(state) ?? 0, until - at));
  });
  return [...times].map(([name, milliseconds]) => ({ name, milliseconds }));
}
