import type { RecordedExecution } from '../../run-record/run-record.ts';
import type { Evidence } from '../evidence.ts';
import { endOf, hopsIn, nameOf } from '../executions.ts';
import { eventItem, type Finding, type FindReasons, iso } from '../finding.ts';

/** An execution that somebody stopped: a started one while its starter waited, or the first one. */
export const wasStopped: FindReasons = (evidence) => {
  const hops = hopsIn(evidence.executions);
  return evidence.executions.flatMap((execution) => {
    if (execution.status !== 'ABORTED' || execution.stoppedAt === null) return [];
    const hop = hops.find(({ called }) => called === execution);
    if (!hop) return [aborted(execution, evidence, 'aborted', '')];
    const { caller } = hop;
    // Stopped together with the execution that waits for it, as it should be.
    const isWithCaller =
      hop.answer?.type !== 'TaskFailed' &&
      caller.status !== 'SUCCEEDED' &&
      (caller.stoppedAt ?? Infinity) <= execution.stoppedAt;
    return isWithCaller || !hop.submitted
      ? []
      : [aborted(execution, evidence, 'child-killed', `, while the ${nameOf(caller)} waited for it`)];
  });
};

function aborted(execution: RecordedExecution, evidence: Evidence, id: Finding['id'], rest: string): Finding {
  const { arn, stoppedAt } = execution;
  const end = endOf(execution, evidence);
  const stops = evidence.decisions.filter(
    ({ verdict, action, resource, first }) =>
      verdict === 'allowed' && action === 'states:StopExecution' && resource === arn && first <= end,
  );
  const [stop] = stops;
  const who = stop ? stop.principal : 'somebody';
  return {
    id,
    sentence: `${who} stopped the ${nameOf(execution)} ${execution.name}${rest}${reasonOf(execution)}`,
    execution: arn,
    since: stoppedAt,
    until: null,
    certain: true,
    evidence: [
      ...eventItem(execution, execution.events.at(-1)),
      ...stops.map(({ id: decision, principal, action, resource, times, first, last }) => ({
        kind: 'decision' as const,
        id: decision,
        verdict: 'allowed' as const,
        ...{ principal, action, resource, times },
        first: iso(first),
        last: iso(last),
      })),
    ],
    fixes: [...(stop || evidence.source !== 'aws' ? [] : [whoStopped(execution)])],
    runbook: 'executions-aborted',
  };
}

/** The call names nobody; CloudTrail does. */
const whoStopped = ({ arn }: RecordedExecution) => ({
  kind: 'command' as const,
  command: `aws cloudtrail lookup-events --lookup-attributes AttributeKey=EventName,AttributeValue=StopExecution --query "Events[?contains(CloudTrailEvent, '${arn}')].Username"`,
});

const reasonOf = ({ error, cause }: RecordedExecution): string =>
  error === null && cause === null ? '' : ` (${[error, cause].filter((part) => part !== null).join(': ')})`;
