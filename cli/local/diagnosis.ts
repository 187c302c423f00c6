import { duration } from '../duration.ts';
import type { Denial } from '@crosswind/sandbox/sandbox';
import { type WorkloadRun, succeeded } from './run-workload.ts';
import type { Execution } from '@crosswind/sandbox/sandbox';

/** What went wrong in a run, for a person: what happened where, and what would mend it. */
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

/** Tells what happened in a run that did not succeed; undefined when there is nothing to tell. */
export function diagnose(run: WorkloadRun, denials: readonly Denial[]): Diagnosis | undefined {
  if (succeeded(run) && denials.length === 0) return undefined;
  const { parent, child } = run;
  const events = [
    ...ending('parent', parent),
    ...(child ? ending('child', child) : ['no child was started']),
    ...(child ? failedBatches(child) : []),
    ...(child ? hanging(parent, child) : []),
    ...(child ? runningOn(parent, child) : []),
  ];
  return { events, denials: denials.map(explain) };
}

function ending(role: string, { outcome, machine, startedAt, stoppedAt }: Execution): readonly string[] {
  const where = `${role} ${machine.name} in account ${machine.account}`;
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

/** The observability mystery: the child is done, and the parent waits on, because it may not ask. */
function hanging(parent: Execution, child: Execution): readonly string[] {
  const submitted = parent.history.findLastIndex(({ type }) => type === 'TaskSubmitted');
  const since = parent.history.slice(submitted);
  const answered = since.some(({ type }) => type === 'TaskSucceeded' || type === 'TaskFailed');
  const { stoppedAt: childStopped, outcome } = child;
  if (submitted < 0 || answered || !outcome || childStopped === undefined || parent.stoppedAt === undefined) return [];
  if (parent.stoppedAt <= childStopped) return [];
  const waited = duration(parent.stoppedAt - childStopped);
  return [`the parent hung after TaskSubmitted: the child had ${outcome.status}, and the parent waited ${waited} more`];
}

/** A parent that ended before its child, which nobody stopped. */
function runningOn(parent: Execution, child: Execution): readonly string[] {
  if (parent.stoppedAt === undefined || parent.outcome?.status === 'SUCCEEDED') return [];
  const childStopped = child.stoppedAt ?? Infinity;
  if (childStopped <= parent.stoppedAt) return [];
  const length = child.stoppedAt === undefined ? '' : ` for ${duration(child.stoppedAt - parent.stoppedAt)}`;
  return [`the child ran on${length} after the parent was ${parent.outcome?.status ?? 'gone'}: nobody stopped it`];
}

function explain({ decision, times }: Denial): ExplainedDenial {
  const mends = decision.kind === 'implicit deny' ? decision.mends : [];
  return {
    sentence: decision.reason,
    times,
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
