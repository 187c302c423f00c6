import { Ledger, type WaiverProblem } from '../ledger.ts';
import type { Circumstances } from '../circumstances.ts';
import type { Waiver } from '../waiver.ts';
import type { DecidedCall, Reach } from './reach.ts';
import type { Unneeded } from './unneeded.ts';

/** A finding with the waiver that accepts it. */
export interface Accepted<Finding> {
  readonly finding: Finding;
  readonly waiver: Waiver;
}

/** Findings that are left, and those that waivers accept. A denied call is never accepted: it fails whatever a waiver says. */
export interface JudgedReach {
  readonly denied: readonly DecidedCall[];
  readonly undecidable: readonly DecidedCall[];
  readonly unneeded: readonly Unneeded[];
  readonly acceptedCalls: readonly Accepted<DecidedCall>[];
  readonly acceptedPermissions: readonly Accepted<Unneeded>[];
  readonly problems: readonly WaiverProblem[];
}

/** True for waivers of `crosswind reach`, which the synth passes over: of REACH-2, undecidable, and REACH-3, unneeded. */
export const isOfReach = ({ rule }: Pick<Waiver, 'rule'>): boolean => /^REACH-[23]\[/.test(rule);

/** Id of a finding, as waivers name it: `REACH-3[s3:GetObject on arn:aws:s3:::bucket]`. */
export const findingId = (rule: 'REACH-2' | 'REACH-3', action: string, resource: string): string =>
  `${rule}[${action}${resource === '' ? '' : ` on ${resource}`}]`;

/** Judges what was found by the waivers of the platform. */
export function judgedReach(
  { calls, unneeded }: Reach,
  waivers: readonly Waiver[],
  circumstances: Pick<Circumstances, 'now' | 'version' | 'dueWaivers' | 'allDeployed'>,
): JudgedReach {
  const ledger = new Ledger(waivers.filter(isOfReach));
  const accepted = (rule: string, path: string): Waiver | undefined =>
    ledger.accept({ rule, path, actionsOnEverything: () => [] });
  const denied = calls.filter(({ decision }) => !decision.allowed && decision.kind !== 'undecidable');
  const open = split(
    calls.filter(({ decision }) => !decision.allowed && decision.kind === 'undecidable'),
    ({ action, resource, by }) => accepted(findingId('REACH-2', action, resource), by.path),
  );
  const unused = split(unneeded, ({ action, resource, at }) =>
    accepted(findingId('REACH-3', action, resource), at.resource.path),
  );
  return {
    denied,
    undecidable: open.left,
    unneeded: unused.left,
    acceptedCalls: open.accepted,
    acceptedPermissions: unused.accepted,
    problems: ledger.problems(circumstances),
  };
}

function split<Finding>(
  findings: readonly Finding[],
  waiverOf: (finding: Finding) => Waiver | undefined,
): { readonly left: readonly Finding[]; readonly accepted: readonly Accepted<Finding>[] } {
  const judged = findings.map((finding) => ({ finding, waiver: waiverOf(finding) }));
  return {
    left: judged.flatMap(({ finding, waiver }) => (waiver ? [] : [finding])),
    accepted: judged.flatMap(({ finding, waiver }) => (waiver ? [{ finding, waiver }] : [])),
  };
}
