import type { Caller } from '@crosswind/assembly/planned-call';
import type { Decision, Mend } from '@crosswind/iam/decision';
import type { WaiverProblem } from '../../policies/ledger.ts';
import type { JudgedReach } from '../../policies/reach/accepted.ts';
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
  readonly calls: readonly ReportedCall[];
  readonly denied: readonly ReportedCall[];
  readonly undecidable: readonly ReportedCall[];
  readonly unneeded: readonly ReportedPermission[];
  readonly waived: readonly ((ReportedCall | ReportedPermission) & Acceptance)[];
  /** Waivers that accept nothing, or are due. */
  readonly waivers: readonly WaiverProblem[];
}

export function reachReport({ machines, tasks, calls }: Reach, judged: JudgedReach): ReachReport {
  const { denied, undecidable, unneeded, acceptedCalls, acceptedPermissions, problems } = judged;
  return {
    machines,
    tasks,
    calls: calls.map(reportedCall),
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

const acceptance = ({ reason, owner }: Waiver): Acceptance => ({ reason, owner });

const reportedCall = ({ caller, action, resource, by, decision }: DecidedCall): ReportedCall => ({
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
