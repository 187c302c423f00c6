import { join } from 'node:path';
import type { Mend } from '@crosswind/iam/decision';
import { resolvePartly } from '@crosswind/assembly/resolve';
import { accountsInOrder } from '../../onboarding/baseline/baseline.ts';
import { baselineDirectory } from '../../onboarding/baseline/baseline-files.ts';
import { findingId, judgedReach } from '../../policies/reach/accepted.ts';
import { organizationIn } from '../../policies/reach/organization-in.ts';
import { type DecidedCall, reachOf } from '../../policies/reach/reach.ts';
import type { Unneeded } from '../../policies/reach/unneeded.ts';
import type { Waiver } from '../../policies/waiver.ts';
import { baselineStacks } from '../quotas/baseline-stacks.ts';
import type { Accepted, Found } from './check-report.ts';
import type { Judged, Verdict } from './verdict.ts';
import type { JudgeInputs } from './judge-inputs.ts';
import { ofWaiver } from './rule-findings.ts';

/** Calls that are denied or cannot be decided, and permissions that no call needs. */
export function reachFindings({ directory, assembled }: Judged, inputs: JudgeInputs): Verdict {
  const { platform, waivers, circumstances } = inputs;
  const kinds = new Map(accountsInOrder(platform).map(({ id, kind }) => [id, kind]));
  const reach = reachOf(
    resolvePartly(assembled).stacks,
    resolvePartly(baselineStacks(platform, directory)).stacks,
    organizationIn(join(directory, baselineDirectory), { id: platform.organization.id, kinds }),
  );
  const judged = judgedReach(reach, waivers, circumstances);
  return {
    found: [
      ...judged.denied.map(deniedCall),
      ...judged.undecidable.map(undecidableCall),
      ...judged.unneeded.map(unneededPermission),
      ...judged.problems.map(ofWaiver),
    ],
    accepted: [
      ...judged.acceptedCalls.map(({ finding, waiver }) => accepted(undecidableCall(finding), waiver)),
      ...judged.acceptedPermissions.map(({ finding, waiver }) => accepted(unneededPermission(finding), waiver)),
    ],
  };
}

const reasonOf = ({ decision, by: { path, part } }: DecidedCall): string =>
  `${decision.reason} (called by ${part === '' ? path : `${path}, ${part}`})`;

const accepted = (found: Found, { reason, owner }: Waiver): Accepted => ({ ...found, reason, owner });

function deniedCall(call: DecidedCall): Found {
  const { decision, by } = call;
  const mends = !decision.allowed && decision.kind === 'implicit deny' ? decision.mends : [];
  return {
    id: 'REACH-1',
    severity: 'error',
    message: `AWS would refuse a call: ${reasonOf(call)}`,
    fix: mends.length > 0 ? mends.map(statementOf).join(' ') : 'Remove the denial that is named, or the call.',
    path: by.path,
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
