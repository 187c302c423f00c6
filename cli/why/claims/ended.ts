import { duration } from '../../duration.ts';
import { innermost } from '../cause.ts';
import { hopsIn, lastState } from '../executions.ts';
import { failureItems, failuresIn } from '../failures.ts';
import { eventItem, type FindReasons } from '../finding.ts';

/** An execution ran into the timeout of its state machine. */
export const timedOut: FindReasons = ({ executions, machines }) =>
  executions.flatMap((execution) => {
    if (execution.status !== 'TIMED_OUT') return [];
    const { arn, stage, startedAt, stoppedAt, events, stateMachineArn } = execution;
    const limit = machines.find((machine) => machine.arn === stateMachineArn)?.timeoutSeconds ?? null;
    const state = lastState(execution);
    return [
      {
        id: 'timed-out' as const,
        sentence: `the ${stage} ran into its timeout${limit === null ? '' : ` of ${duration(limit * 1_000)}`}${state?.state === undefined ? '' : `, in ${state.state} since ${duration((stoppedAt ?? state.at) - state.at)}`}`,
        execution: arn,
        since: state?.at ?? startedAt,
        until: stoppedAt,
        certain: true,
        evidence: [...eventItem(execution, state), ...eventItem(execution, events.at(-1))],
        fixes: [
          {
            kind: 'setting' as const,
            resource: stateMachineArn,
            sentence: 'raise TimeoutSeconds of the started workflow first, then that of the one that waits for it',
          },
        ],
        runbook: 'executions-timed-out',
      },
    ];
  });

/** An execution failed: the innermost one, whose error the others repeat. */
export const failedExecution: FindReasons = (evidence) => {
  const hops = hopsIn(evidence.executions);
  const failed = evidence.executions.filter(({ status }) => status === 'FAILED');
  // A caller repeats the error of what it has called.
  const innermostFailed = failed.filter(
    (execution) =>
      !hops.some(
        ({ caller, called, answer }) =>
          caller === execution && called.status !== 'SUCCEEDED' && answer?.type === 'TaskFailed',
      ),
  );
  return innermostFailed.map((execution) => {
    const { arn, stage, error, cause, stoppedAt } = execution;
    const failures = failuresIn({ executions: [execution] });
    const since = failures[0]?.at ?? stoppedAt;
    return {
      id: 'failed' as const,
      sentence: `the ${stage} failed: ${error ?? 'no error was given'}${cause === null || cause === '' ? '' : `, ${innermost(cause)}`}`,
      execution: arn,
      since,
      until: stoppedAt,
      certain: true,
      evidence: [...failureItems(failures), ...eventItem(execution, execution.events.at(-1))],
      fixes: [],
      runbook: 'executions-failed',
    };
  });
};
