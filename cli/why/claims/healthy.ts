import { duration } from '../../duration.ts';
import type { RecordedExecution } from '../../run-record/run-record.ts';
import type { Evidence, OtherRun } from '../evidence.ts';
import { endOf, isOpen, lastState } from '../executions.ts';
import { eventItem, type Finding } from '../finding.ts';
import { startCommand } from './schedule.ts';

/** How many times as long as usual a state takes before it is slow. */
const slowFactor = 2;

/**
 * The claim about a run in which nothing is wrong: how long it takes, and how long it usually does.
 * @param isUnwatched true if something is wrong with those who watch it, which other claims say
 */
export function nothingWrong(evidence: Evidence, isUnwatched: boolean): readonly Finding[] {
  const [asked = evidence.executions[0]] = evidence.executions.filter(({ arn }) => arn === evidence.asked);
  if (!asked) return isUnwatched ? [] : [notStarted(evidence)];
  const fine = isUnwatched ? '' : 'nothing is wrong: ';
  return [isOpen(asked) ? running(asked, evidence, fine) : ended(asked, evidence, fine)];
}

function running(execution: RecordedExecution, evidence: Evidence, fine: string): Finding {
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
    sentence: `${isSlow ? 'the run is slow: ' : fine}${name} of the ${execution.stage} has run for ${duration(passed)}, ${usually}`,
    execution: execution.arn,
    since,
    until: evidence.at,
    certain: true,
    evidence: eventItem(execution, state),
    fixes: [],
    runbook: isSlow ? 'old-executions' : null,
  };
}

function ended(execution: RecordedExecution, evidence: Evidence, fine: string): Finding {
  const took = endOf(execution, evidence) - execution.startedAt;
  const twin = twinOf(execution, evidence);
  const usual = durationOf(twin);
  const isSlow = usual !== undefined && took > slowFactor * usual;
  const compared = usual === undefined ? '' : `; ${twin?.arn.split(':').at(-1) ?? ''} took ${duration(usual)}`;
  return {
    id: isSlow ? 'slow' : 'succeeded',
    sentence: `${isSlow ? 'the run was slow: ' : fine}the ${execution.stage} ${execution.name} ended as ${execution.status} after ${duration(took)}${compared}`,
    execution: execution.arn,
    since: execution.startedAt,
    until: execution.stoppedAt,
    certain: true,
    evidence: eventItem(execution, execution.events.at(-1)),
    fixes: [],
    runbook: null,
  };
}

/** Nothing was started, and no start was due. */
function notStarted({ source, stateMachineArn, schedules, at }: Evidence): Finding {
  const workflow = stateMachineArn?.split(':').at(-1) ?? 'the workflow';
  const how =
    schedules.length > 0
      ? 'its schedule has not come to its first time'
      : source === 'aws'
        ? 'there is no execution of it in the last 90 days'
        : 'no schedule starts it, and nobody did';
  return {
    id: 'not-started',
    sentence: `${workflow} has not been started: ${how}`,
    execution: null,
    since: null,
    until: at,
    certain: true,
    evidence: [],
    fixes: [{ kind: 'command', command: startCommand(stateMachineArn ?? 'ARN') }],
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
