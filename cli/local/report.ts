import { principalName } from '@crosswind/iam/principal';
import type { DecisionLog } from '@crosswind/sandbox/sandbox';
import type { LocalResults, ResultPoints, ResultSeries } from '../../blocks/local.ts';
import type { ComparedCalls } from './compared-calls.ts';
import type { WorkloadRun } from './run-workload.ts';

/** A stage of a run; ARN and status are null where it was not started. */
export interface ReportedStage {
  readonly name: string;
  readonly account: string;
  readonly executionArn: string | null;
  readonly status: string | null;
}

/** A run as data, for `--report` and `--json`. */
export interface Report {
  readonly simulated: true;
  readonly tenant: string;
  readonly wave: string;
  readonly fault: string | null;
  /** Why the pipeline ended before its last stage; null if it did not. */
  readonly pipelineEnd: string | null;
  /** The entry first, a called stage after its caller. */
  readonly stages: readonly ReportedStage[];
  /** Results as the workload reports them; null if it reports none. */
  readonly results: Readonly<Record<string, unknown>> | null;
  readonly series: readonly ResultSeries[];
  readonly points: readonly ResultPoints[];
  readonly decisions: {
    readonly allowed: Readonly<Record<string, number>>;
    readonly denied: readonly ReportedDenial[];
  };
  /** Calls of the code of functions; none are compared if the assembly declares none. */
  readonly calls: ComparedCalls;
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
  /** Statements that would fix it, each with the document that it belongs to. */
  readonly mends: readonly { readonly document: string; readonly of: string; readonly statement: object }[];
}

export interface ReportProps {
  readonly tenant: string;
  readonly wave: string;
  readonly run: WorkloadRun;
  readonly decisions: DecisionLog;
  readonly results: LocalResults | undefined;
  readonly fault: string | undefined;
  readonly pipelineEnd: string | undefined;
  readonly calls: ComparedCalls;
  readonly seconds: number;
}

export const reportOf = ({
  tenant,
  wave,
  run,
  decisions,
  results,
  fault,
  pipelineEnd,
  calls,
  seconds,
}: ReportProps): Report => ({
  simulated: true,
  tenant,
  wave,
  fault: fault ?? null,
  pipelineEnd: pipelineEnd ?? null,
  stages: stagesOf(run),
  results: results?.data ?? null,
  series: results?.series ?? [],
  points: results?.points ?? [],
  decisions: { allowed: decisions.allowed(), denied: deniedOf(decisions) },
  calls,
  seconds: Math.round(seconds * 10) / 10,
});

export const stagesOf = ({ stages }: WorkloadRun): readonly ReportedStage[] =>
  stages.map(({ stage, account, execution }) => ({
    name: stage,
    account,
    executionArn: execution?.arn ?? null,
    status: execution ? (execution.outcome?.status ?? 'RUNNING') : null,
  }));

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
