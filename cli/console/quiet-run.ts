import type { RunSource } from '@crosswind/console/server/snapshot';
import { duration } from '../duration.ts';
import type { RecordedExecution } from '../run-record/run-record.ts';
import type { Evidence } from '../why/evidence.ts';
import { hopsIn, isOpen, lastState } from '../why/executions.ts';

type Claim = RunSource['verdicts'][number]['claims'][number];

/** How many times as long as usual a state may be without an event before the run counts as stuck. */
const quietFactor = 3;

/** Milliseconds under which no state counts as stuck, however short it usually is. */
const leastQuiet = 60_000;

/**
 * Claims about executions that run and in which nothing has happened for three times the usual time of their state. One that
 * waits for another execution is judged by that one. A state whose usual time no earlier run says is not judged.
 */
export function quietClaims(evidence: Pick<Evidence, 'executions' | 'others' | 'at'>): readonly Claim[] {
  const { executions, others, at } = evidence;
  const waiting = new Set(hopsIn(executions).flatMap(({ caller, called }) => (isOpen(called) ? [caller.arn] : [])));
  return executions.flatMap((execution): readonly Claim[] => {
    const state = lastState(execution)?.state;
    if (!isOpen(execution) || waiting.has(execution.arn) || state === undefined) return [];
    const usual = others
      .filter(({ stateMachineArn, status }) => stateMachineArn === execution.stateMachineArn && status === 'SUCCEEDED')
      .toSorted((one, other) => other.startedAt - one.startedAt)
      .flatMap(({ states }) => states.filter(({ name }) => name === state))[0]?.milliseconds;
    const last = lastActivity(execution);
    const quiet = at - last;
    if (usual === undefined || quiet < Math.max(leastQuiet, quietFactor * usual)) return [];
    return [
      {
        id: 'no-progress',
        gravity: 'stuck',
        sentence: `nothing has happened in ${state} of the ${execution.stage} for ${duration(quiet)}, and it usually takes ${duration(usual)}`,
        execution: execution.arn,
        since: last,
        until: null,
        isCertain: false,
      },
    ];
  });
}

/** Time of the last event, or of the last start or end of a batch. */
const lastActivity = ({ events, mapRuns, startedAt }: RecordedExecution): number =>
  mapRuns
    .flatMap(({ batches }) => batches.flatMap(({ attempts }) => attempts))
    .reduce((last, attempt) => Math.max(last, attempt.startedAt, attempt.endedAt ?? 0), events.at(-1)?.at ?? startedAt);
