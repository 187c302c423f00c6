import type { Stack } from '@crosswind/assembly/resolve';
import type { Mend } from '@crosswind/iam/decision';
import { type ReachFinding, missingForCrossAccountStart } from '../reach/cross-account-start.ts';
import { type Finding, type Located, type Rule, findingAt, resourcesOfType } from './rule.ts';

export const crossAccountStartIsWatched: Rule = {
  id: 'REACH-1',
  severity: 'error',
  requires: 'A workflow that starts another one in another account can start, describe and stop it.',
  because:
    'Across accounts Step Functions polls as the target role: without describe the caller hangs until its timeout.',
  fix: 'Name the started stage in `starts` of the calling one in contract.ts, which gives it a target role, and start it with `startStage`.',
  check: ({ stacks }) => missingForCrossAccountStart(stacks).map((finding) => located(finding, stacks)),
};

/** At the role that lacks something, else at the parent, which is always a resource of the assembly. */
function located({ parent, message, mends }: ReachFinding, stacks: readonly Stack[]): Finding {
  const carriers = resourcesOfType(stacks, 'AWS::IAM::Role', 'AWS::StepFunctions::StateMachine');
  const at = (arn: string | undefined): Located | undefined => carriers.find(({ resource }) => resource.arn === arn);
  const role = at(mends[0]?.of);
  const carrier = role ?? at(parent);
  if (!carrier) throw new Error(`no resource has the ARN ${parent}`);
  return findingAt(carrier, { property: propertyOf(role && mends[0]), message, fix: fixOf(mends, carrier) });
}

const propertyOf = (mend: Mend | undefined): string => {
  if (!mend) return 'Properties';
  return mend.document === 'trust policy' ? 'Properties.AssumeRolePolicyDocument' : 'Properties.Policies';
};

const fixOf = (mends: readonly Mend[], { resource }: Located): string | undefined =>
  mends
    .map(({ document, of, statement }) => {
      const owner = of === resource.arn ? resource.path : of;
      return `Add to the ${document} of ${owner}: ${JSON.stringify(statement)}`;
    })
    .join(' ') || undefined;
