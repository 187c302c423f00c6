import { isOfDeployment } from '@crosswind/assembly/deployment-calls';
import type { Caller } from '@crosswind/assembly/planned-call';
import type { Decision, Mend } from '@crosswind/iam/decision';
import type { WaiverProblem } from '../../policies/ledger.ts';
import type { JudgedReach } from '../../policies/reach/accepted.ts';
import { grouped } from '../../policies/reach/grouped.ts';
import type { DecidedCall, Reach } from '../../policies/reach/reach.ts';
import type { Unneeded } from '../../policies/reach/unneeded.ts';
import type { Waiver } from '../../policies/waiver.ts';

/** A call in the report. */
export interface ReportedCall {
  /** ARN of the role, or the principal of the service. */
  readonly principal: string;
  readonly action: string;
  readonly resource: string;
  /** Cause of the call: construct path, then the part of it. */
  readonly by: string;
  readonly decision: Reported;
}

/** A decision without what only the evaluator needs. */
export type Reported =
  | { readonly allowed: true; readonly reason: string }
  | {
      readonly allowed: false;
      readonly kind: 'explicit deny' | 'implicit deny' | 'undecidable';
      readonly reason: string;
      /** Statements that fix it, each with the document that it goes into. */
      readonly fixes: readonly Mend[];
    };

/** Calls that CloudFormation makes as an execution role, all of them allowed. */
export interface ReportedDeployments {
  /** ARN of the execution role. */
  readonly principal: string;
  /** Resources that it creates, changes and deletes. */
  readonly resources: number;
  readonly calls: number;
  /** Actions of these calls, in alphabetical order. */
  readonly actions: readonly string[];
}

/** Permission that no call needs. */
export interface ReportedPermission {
  /** ARN of the role that has the policy, or of the resource that it is on. */
  readonly holder: string;
  readonly action: string;
  /** Empty in a trust policy. */
  readonly resource: string;
  /** For example `policy X of role Y`. */
  readonly policy: string;
  /** Construct path of the role, or of the policy on a resource. */
  readonly path: string;
}

/** Why a finding is accepted. */
interface Acceptance {
  readonly reason: string;
  readonly owner: string;
}

/** `npx crosswind reach --json`. */
export interface ReachReport {
  readonly machines: number;
  /** States that make calls. */
  readonly tasks: number;
  /** Every call but the allowed ones of `deployments`. */
  readonly calls: readonly ReportedCall[];
  /** By execution role. */
  readonly deployments: readonly ReportedDeployments[];
  readonly denied: readonly ReportedCall[];
  readonly undecidable: readonly ReportedCall[];
  readonly unneeded: readonly ReportedPermission[];
  readonly waived: readonly ((ReportedCall | ReportedPermission) & Acceptance)[];
  /** Waivers that accept nothing, or are due. */
  readonly waivers: readonly WaiverProblem[];
}

export function reachReport({ machines, tasks, calls }: Reach, judged: JudgedReach): ReachReport {
  const { denied, undecidable, unneeded, acceptedCalls, acceptedPermissions, problems } = judged;
  const isFolded = (call: DecidedCall): boolean => call.decision.allowed && isOfDeployment(call);
  return {
    machines,
    tasks,
    calls: calls.filter((call) => !isFolded(call)).map(reportedCall),
    deployments: deploymentsOf(calls.filter(isFolded)),
    denied: denied.map(reportedCall),
    undecidable: undecidable.map(reportedCall),
    unneeded: unneeded.map(reportedPermission),
    waived: [
      ...acceptedCalls.map(({ finding, waiver }) => ({ ...reportedCall(finding), ...acceptance(waiver) })),
      ...acceptedPermissions.map(({ finding, waiver }) => ({ ...reportedPermission(finding), ...acceptance(waiver) })),
    ],
    waivers: problems,
  };
}

const deploymentsOf = (calls: readonly DecidedCall[]): readonly ReportedDeployments[] =>
  [...grouped(calls, ({ caller }) => nameOf(caller))].map(([principal, made]) => ({
    principal,
    resources: new Set(made.map(({ by }) => by.path)).size,
    calls: made.length,
    actions: [...new Set(made.map(({ action }) => action))].sort(),
  }));

const acceptance = ({ reason, owner }: Waiver): Acceptance => ({ reason, owner });

/** A decided call as reports have it. */
export const reportedCall = ({ caller, action, resource, by, decision }: DecidedCall): ReportedCall => ({
  principal: nameOf(caller),
  action,
  resource,
  by: by.part === '' ? by.path : `${by.path}, ${by.part}`,
  decision: reportedDecision(decision),
});

const nameOf = (caller: Caller): string => (caller.kind === 'role' ? caller.arn : caller.service);

function reportedDecision(decision: Decision): Reported {
  const { reason } = decision;
  if (decision.allowed) return { allowed: true, reason };
  const { kind } = decision;
  return { allowed: false, kind, reason, fixes: kind === 'implicit deny' ? decision.mends : [] };
}

const reportedPermission = ({ holder, at, policy, action, resource }: Unneeded): ReportedPermission => ({
  holder,
  action,
  resource,
  policy,
  path: at.resource.path,
});
