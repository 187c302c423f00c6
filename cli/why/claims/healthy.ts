import { duration } from '../../duration.ts';
import type { RecordedExecution } from '../../run-record/run-record.ts';
import type { Evidence, OtherRun } from '../evidence.ts';
import { endOf, isOpen, lastState } from '../executions.ts';
import { eventItem, type Finding } from '../finding.ts';

/** How many times as long as usual a state takes before it is slow. */
const slowFactor = 2;

/** The claim about a run in which nothing is wrong: how long it takes, and how long it usually does. */
export function nothingWrong(evidence: Evidence): readonly Finding[] {
  const [asked = evidence.executions[0]] = evidence.executions.filter(({ arn }) => arn === evidence.asked);
  if (!asked) return [];
  return [isOpen(asked) ? running(asked, evidence) : ended(asked, evidence)];
}

function running(execution: RecordedExecution, evidence: Evidence): Finding {
  const state = lastState(execution);
  const since = state?.at ?? execution.startedAt;
  const name = state?.state ?? 'its first state';
  const passed = evidence.at - since;
  const twin = twinOf(execution, evidence);
  const usual = twin?.states.find((each) => each.name === name)?.milliseconds;
  const isSlow = usual !== undefined && passed > slowFactor * usual;
  const twinName = twin?.arn.split(':').at(-1) ?? '';
  const usually =
    usual === undefined
      ? 'no earlier run says how long it usually takes'
      : `it usually takes ${duration(usual)} (as in ${twinName}, which succeeded)`;
  return {
    id: isSlow ? 'slow' : 'healthy',
    sentence: `${isSlow ? 'the run is slow' : 'nothing is wrong'}: ${name} of the ${execution.stage} has run for ${duration(passed)}, ${usually}`,
    execution: execution.arn,
    since,
    until: evidence.at,
    certain: true,
    evidence: eventItem(execution, state),
    fixes: [],
    runbook: isSlow ? 'old-executions' : null,
  };
}

function ended(execution: RecordedExecution, evidence: Evidence): Finding {
  const took = endOf(execution, evidence) - execution.startedAt;
  const twin = twinOf(execution, evidence);
  const usual = durationOf(twin);
  const isSlow = usual !== undefined && took > slowFactor * usual;
  const compared = usual === undefined ? '' : `; ${twin?.arn.split(':').at(-1) ?? ''} took ${duration(usual)}`;
  return {
    id: isSlow ? 'slow' : 'succeeded',
    sentence: `${isSlow ? 'the run was slow' : 'nothing is wrong'}: the ${execution.stage} ${execution.name} ended as ${execution.status} after ${duration(took)}${compared}`,
    execution: execution.arn,
    since: execution.startedAt,
    until: execution.stoppedAt,
    certain: true,
    evidence: eventItem(execution, execution.events.at(-1)),
    fixes: [],
    runbook: null,
  };
}

const durationOf = (run: OtherRun | undefined): number | undefined =>
  run && run.stoppedAt !== null ? run.stoppedAt - run.startedAt : undefined;

/** The newest other run of the same machine that succeeded. */
const twinOf = ({ stateMachineArn, arn }: RecordedExecution, { others }: Evidence): OtherRun | undefined =>
  others
    .filter((other) => other.stateMachineArn === stateMachineArn && other.status === 'SUCCEEDED' && other.arn !== arn)
    .sort((one, other) => other.startedAt - one.startedAt)[0];
