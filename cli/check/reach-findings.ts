import { isOfDeployment } from '@crosswind/assembly/deployment-calls';
import type { Mend } from '@crosswind/iam/decision';
import { findingId, judgedReach } from '../../policies/reach/accepted.ts';
import { type DecidedCall, reachOf } from '../../policies/reach/reach.ts';
import type { Unneeded } from '../../policies/reach/unneeded.ts';
import type { Waiver } from '../../policies/waiver.ts';
import { reachInputs } from '../reach/reach-inputs.ts';
import type { Accepted, Found } from './check-report.ts';
import type { Judged, Verdict } from './verdict.ts';
import type { JudgeInputs } from './judge-inputs.ts';
import { ofWaiver } from './rule-findings.ts';

/** Rule that has reported that an account's execution role may not deploy a resource. */
const refusedDeployment = 'DEPLOY-1';

/** Id of denied calls. The rule of this id reports those of starts in other accounts at the role that lacks a statement. */
const denied = 'REACH-1';

/**
 * Calls that are denied or cannot be decided, and permissions that no call needs.
 * @param earlier verdict of other judges: what a rule has reported, or a waiver has accepted there, is no second finding here
 */
export function reachFindings({ directory, assembled }: Judged, inputs: JudgeInputs, earlier: Verdict): Verdict {
  const { platform, waivers, circumstances } = inputs;
  const { stacks, baseline, organization } = reachInputs(platform, directory, assembled);
  const judged = judgedReach(reachOf(stacks, baseline, organization), waivers, circumstances);
  const refused = new Set(
    earlier.found.flatMap(({ id, path }) => (id === refusedDeployment && path !== undefined ? [path] : [])),
  );
  const reported = [...earlier.found, ...earlier.accepted].filter(({ id }) => id === denied);
  const isNew = (call: DecidedCall): boolean =>
    !(isOfDeployment(call) && refused.has(call.by.path)) &&
    !reported.some(({ message }) => message.endsWith(`: ${call.decision.reason}`));
  return {
    found: [
      ...byDeployment(judged.denied.filter(isNew)).map(deniedCalls),
      ...judged.undecidable.filter(isNew).map(undecidableCall),
      ...judged.unneeded.map(unneededPermission),
      ...judged.problems.map(ofWaiver),
    ],
    accepted: [
      ...judged.acceptedCalls.map(({ finding, waiver }) => accepted(undecidableCall(finding), waiver)),
      ...judged.acceptedPermissions.map(({ finding, waiver }) => accepted(unneededPermission(finding), waiver)),
    ],
  };
}

/** Each call alone; those that CloudFormation makes for one resource together. */
const byDeployment = (calls: readonly DecidedCall[]): readonly (readonly [DecidedCall, ...DecidedCall[]])[] => {
  const groups = new Map<DecidedCall | string, [DecidedCall, ...DecidedCall[]]>();
  for (const call of calls) {
    const key = isOfDeployment(call) ? call.by.path : call;
    const group = groups.get(key);
    if (group) group.push(call);
    else groups.set(key, [call]);
  }
  return [...groups.values()];
};

const reasonOf = ({ decision, by: { path, part } }: DecidedCall): string =>
  `${decision.reason} (called by ${part === '' ? path : `${path}, ${part}`})`;

const accepted = (found: Found, { reason, owner }: Waiver): Accepted => ({ ...found, reason, owner });

function deniedCalls([first, ...others]: readonly [DecidedCall, ...DecidedCall[]]): Found {
  const mends = [first, ...others].flatMap(({ decision }) =>
    !decision.allowed && decision.kind === 'implicit deny' ? decision.mends.map(statementOf) : [],
  );
  const further =
    others.length === 0 ? '' : `, and ${others.length} more of it: ${others.map(({ action }) => action).join(', ')}`;
  return {
    id: denied,
    severity: 'error',
    message: `AWS would refuse a call: ${reasonOf(first)}${further}`,
    fix: mends.length > 0 ? [...new Set(mends)].join(' ') : 'Remove the denial that is named, or the call.',
    path: first.by.path,
  };
}

const statementOf = ({ document, of, statement }: Mend): string =>
  `Add to the ${document} of ${of}: ${JSON.stringify(statement)}`;

function undecidableCall(call: DecidedCall): Found {
  const { action, resource, by } = call;
  return {
    id: 'REACH-2',
    severity: 'error',
    message: `Nobody can say whether AWS allows a call: ${reasonOf(call)}`,
    fix: `Name in the template what is called, or accept it in a waivers.yaml as ${findingId('REACH-2', action, resource)}.`,
    path: by.path,
  };
}

function unneededPermission({ policy, action, resource, at }: Unneeded): Found {
  return {
    id: 'REACH-3',
    severity: 'error',
    message: `No call needs a permission: ${policy} allows ${action}${resource === '' ? '' : ` on ${resource}`}`,
    fix: `Remove it, state the call that needs it (\`calls\`), or accept it in a waivers.yaml as ${findingId('REACH-3', action, resource)}.`,
    path: at.resource.path,
  };
}
