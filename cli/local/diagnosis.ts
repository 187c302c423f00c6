import { duration } from '../duration.ts';
import type { Denial, Execution } from '@crosswind/sandbox/sandbox';
import { Cuts } from '../run-record/cuts.ts';
import { noFacts } from '../run-record/recorded-facts.ts';
import { recordedExecution } from '../run-record/recorded-execution.ts';
import { innermost } from '../why/cause.ts';
import type { ClaimId } from '../why/claim-ids.ts';
import { explain } from '../why/explain.ts';
import { type WorkloadRun, succeeded } from './run-workload.ts';

/** Explanation of a run that went wrong, for a person: what happened where, and the statements that fix it. */
export interface Diagnosis {
  /** Sentences about the executions, in the order of events. */
  readonly events: readonly string[];
  readonly denials: readonly ExplainedDenial[];
}

export interface ExplainedDenial {
  /** Who lacks what on which ARN, in which account, and why. */
  readonly sentence: string;
  readonly times: number;
  /** Statements to add or correct, each with the document it belongs into. */
  readonly mends: readonly { readonly place: string; readonly statement: object }[];
}

/** Explains a run that did not succeed or had a call denied; undefined for any other run. */
export function diagnose(run: WorkloadRun, denials: readonly Denial[]): Diagnosis | undefined {
  if (succeeded(run) && denials.length === 0) return undefined;
  const events = [
    ...run.stages.flatMap(({ stage, execution }) =>
      execution ? ending(stage, execution) : [`no ${stage} was started`],
    ),
    ...claimed(run),
  ];
  return { events, denials: denials.map(({ decision, times }) => ({ ...explanationOf(decision), times })) };
}

/** Claims of `crosswind why` that neither the ends of the executions nor the denied calls say already. */
const added: readonly ClaimId[] = [
  'stuck-parent',
  'event-lost-without-permission',
  'event-lost',
  'stop-missing',
  'child-killed',
  'key-disabled',
  'out-of-memory',
  'function-timeout',
  'poisoned-object',
  'too-many-failed-items',
];

function claimed({ entry, stages }: WorkloadRun): readonly string[] {
  const cuts = new Cuts();
  const started = stages.flatMap(({ stage, account, execution }) => (execution ? [{ stage, account, execution }] : []));
  const at = Math.max(
    ...started.flatMap(({ execution: { history, stoppedAt = 0 } }) => [history.at(-1)?.timestamp ?? 0, stoppedAt]),
  );
  const { claims } = explain({
    source: 'sandbox',
    at,
    asked: entry.arn,
    isLast: false,
    stateMachineArn: entry.machine.arn,
    executions: started.map((each) => recordedExecution(each, at, cuts)),
    ...noFacts,
    ...{ others: [], denied: [], decisions: [], logs: [], unread: [] },
  });
  return claims.filter(({ id }) => added.includes(id)).map(({ sentence }) => sentence);
}

function ending(stage: string, { outcome, machine, startedAt, stoppedAt }: Execution): readonly string[] {
  const where = `${stage} ${machine.name} in account ${machine.account}`;
  if (!outcome || stoppedAt === undefined) return [`${where} never ended`];
  const after = `${outcome.status} after ${duration(stoppedAt - startedAt)} of simulated time`;
  if (outcome.status === 'SUCCEEDED' || outcome.error === undefined) return [`${where}: ${after}`];
  const { error, cause = '' } = outcome;
  return [`${where}: ${after}, ${error}${cause === '' ? '' : `: ${innermost(cause)}`}`];
}

/** Explains one denied call. */
export function explanationOf(decision: Denial['decision']): ExplainedDenial {
  const mends = decision.kind === 'implicit deny' ? decision.mends : [];
  return {
    sentence: decision.reason,
    times: 1,
    mends: mends.map(({ document, of, statement }) => ({ place: `${document} of ${of}`, statement })),
  };
}
