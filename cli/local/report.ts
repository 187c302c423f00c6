import { principalName } from '@crosswind/iam/principal';
import type { DecisionLog } from '@crosswind/sandbox/sandbox';
import type { WorkloadRun } from './run-workload.ts';
import type { Execution } from '@crosswind/sandbox/sandbox';

/** What `convert` writes to `summary.json`, as far as the report repeats it. */
export interface WindSummary {
  readonly objects: number;
  readonly batches: number;
  readonly failedObjects: number;
  /** Some of the objects that failed, and why. */
  readonly failures: readonly { readonly key: string; readonly reason: string }[];
  readonly stations: number;
  readonly stationsWithoutWind: number;
  readonly observations: number;
  readonly meanKnots: number | null;
  readonly meanMph: number | null;
  readonly windiest: readonly WindyStation[];
}

export interface WindyStation {
  readonly station: string;
  readonly name: string;
  readonly country: string;
  readonly meanKnots: number | null;
  readonly meanMph: number | null;
  readonly days: number;
}

interface ReportedExecution {
  readonly account: string;
  readonly executionArn: string;
  readonly status: string;
}

/** A run as data, for `--report` and `--json`. `stations` counts those with wind. */
export interface Report extends Omit<WindSummary, 'windiest'> {
  readonly simulated: true;
  readonly generatedData: boolean;
  readonly fault: string | null;
  readonly parent: ReportedExecution;
  /** Null when no child was started. */
  readonly child: ReportedExecution | null;
  readonly windiest: readonly Omit<WindyStation, 'country'>[];
  readonly decisions: {
    readonly allowed: Readonly<Record<string, number>>;
    readonly denied: readonly ReportedDenial[];
  };
  /** Seconds that all of it took on this machine, synthesis included. */
  readonly seconds: number;
}

interface ReportedDenial {
  readonly principal: string;
  readonly action: string;
  readonly resource: string;
  readonly account: string;
  readonly reason: string;
  readonly times: number;
  /** Statements that would mend it, each with the document it belongs into. */
  readonly mends: readonly { readonly document: string; readonly of: string; readonly statement: object }[];
}

export interface ReportProps {
  readonly run: WorkloadRun;
  readonly decisions: DecisionLog;
  /** Undefined when the run wrote none. */
  readonly summary: WindSummary | undefined;
  readonly generatedData: boolean;
  readonly fault: string | undefined;
  readonly seconds: number;
}

export function reportOf({ run, decisions, summary, generatedData, fault, seconds }: ReportProps): Report {
  const counted = run.child?.mapRuns[0]?.counts();
  const failed = (counted?.itemCounts.failed ?? 0) + (counted?.itemCounts.timedOut ?? 0);
  return {
    simulated: true,
    generatedData,
    fault: fault ?? null,
    parent: executionOf(run.parent),
    child: run.child ? executionOf(run.child) : null,
    objects: summary?.objects ?? counted?.itemCounts.total ?? 0,
    batches: summary?.batches ?? counted?.executionCounts.total ?? 0,
    failedObjects: summary?.failedObjects ?? failed,
    failures: summary?.failures ?? [],
    stations: summary?.stations ?? 0,
    stationsWithoutWind: summary?.stationsWithoutWind ?? 0,
    observations: summary?.observations ?? 0,
    meanKnots: summary?.meanKnots ?? null,
    meanMph: summary?.meanMph ?? null,
    windiest: (summary?.windiest ?? []).map(({ station, name, meanKnots, meanMph, days }) => ({
      station,
      name,
      meanKnots,
      meanMph,
      days,
    })),
    decisions: { allowed: decisions.allowed(), denied: deniedOf(decisions) },
    seconds: Math.round(seconds * 10) / 10,
  };
}

const executionOf = ({ arn, machine, outcome }: Execution): ReportedExecution => ({
  account: machine.account,
  executionArn: arn,
  status: outcome?.status ?? 'RUNNING',
});

function deniedOf(decisions: DecisionLog): readonly ReportedDenial[] {
  return decisions.denials().map(({ request, decision, times }) => ({
    principal: request.principal.kind === 'role' ? request.principal.roleArn : principalName(request.principal),
    action: request.action,
    resource: request.resource,
    account: request.resourceAccount,
    reason: decision.reason,
    times,
    mends: decision.kind === 'implicit deny' ? decision.mends : [],
  }));
}
