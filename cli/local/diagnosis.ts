import { textOf } from '@crosswind/aws/json';
import { duration } from '../duration.ts';
import type { Denial, Execution } from '@crosswind/sandbox/sandbox';
import { type StartedStage, type WorkloadRun, hopsOf, succeeded } from './run-workload.ts';

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
  const { stages } = run;
  const events = [
    ...stages.flatMap(({ stage, execution }) => (execution ? ending(stage, execution) : [`no ${stage} was started`])),
    ...stages.flatMap(({ execution }) => (execution ? failedBatches(execution) : [])),
    ...hopsOf(stages).flatMap(({ caller, called }) => [...hanging(caller, called), ...runningOn(caller, called)]),
  ];
  return { events, denials: denials.map(({ decision, times }) => ({ ...explanationOf(decision), times })) };
}

function ending(stage: string, { outcome, machine, startedAt, stoppedAt }: Execution): readonly string[] {
  const where = `${stage} ${machine.name} in account ${machine.account}`;
  if (!outcome || stoppedAt === undefined) return [`${where} never ended`];
  const after = `${outcome.status} after ${duration(stoppedAt - startedAt)} of simulated time`;
  if (outcome.status === 'SUCCEEDED' || outcome.error === undefined) return [`${where}: ${after}`];
  return [
    `${where}: ${after}, ${outcome.error}${outcome.cause === undefined ? '' : `: ${firstSentence(outcome.cause)}`}`,
  ];
}

/** Why batches of a Map Run failed: the first one speaks for them, unless it was aborted with the run. */
function failedBatches({ mapRuns }: Execution): readonly string[] {
  return mapRuns.flatMap((mapRun) => {
    const { error, cause } = mapRun.firstFailure() ?? {};
    return error === undefined
      ? []
      : [`a batch of ${mapRun.stateName} failed, ${error}: ${firstSentence(cause ?? '')}`];
  });
}

/** The observability mystery: the called workflow is done, and its caller waits on, because it may not ask. */
function hanging(caller: StartedStage, called: StartedStage): readonly string[] {
  const { history, stoppedAt } = caller.execution;
  const submitted = history.findLastIndex(({ type }) => type === 'TaskSubmitted');
  const since = history.slice(submitted);
  const answered = since.some(({ type }) => type === 'TaskSucceeded' || type === 'TaskFailed');
  const { stoppedAt: calledStopped, outcome } = called.execution;
  if (submitted < 0 || answered || !outcome || calledStopped === undefined || stoppedAt === undefined) return [];
  if (stoppedAt <= calledStopped || !names(history[submitted], called.execution.arn)) return [];
  const waited = duration(stoppedAt - calledStopped);
  return [
    `the ${caller.stage} hung after TaskSubmitted: the ${called.stage} had ${outcome.status}, and the ${caller.stage} waited ${waited} more`,
  ];
}

/** True if the task has started that execution. */
const names = (event: Execution['history'][number] | undefined, arn: string): boolean =>
  textOf(event?.['taskSubmittedEventDetails']?.['output']).includes(`"${arn}"`);

/** A caller that ended before what it started, which nobody stopped. */
function runningOn({ stage, execution }: StartedStage, called: StartedStage): readonly string[] {
  if (execution.stoppedAt === undefined || execution.outcome?.status === 'SUCCEEDED') return [];
  const { stoppedAt } = called.execution;
  if ((stoppedAt ?? Infinity) <= execution.stoppedAt) return [];
  const length = stoppedAt === undefined ? '' : ` for ${duration(stoppedAt - execution.stoppedAt)}`;
  return [
    `the ${called.stage} ran on${length} after the ${stage} was ${execution.outcome?.status ?? 'gone'}: nobody stopped it`,
  ];
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

/** A cause may be a whole JSON document, and a cause inside it another; the innermost message is what a person wants. */
function firstSentence(cause: string): string {
  const { errorMessage, Cause: inner } = objectIn(cause);
  const message = typeof errorMessage === 'string' ? errorMessage : inner;
  if (typeof message === 'string') return firstSentence(message);
  return cause.length > 300 ? `${cause.slice(0, 300)}…` : cause;
}

/** The JSON object that a text is; an empty one for any other text. */
function objectIn(text: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? { ...value } : {};
  } catch {
    return {};
  }
}
