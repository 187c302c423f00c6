import { jobsOf } from '../../config/account-kinds.ts';
import type { AccountBaseline } from '../../onboarding/baseline/baseline.ts';
import { isOfStackSet } from '../../onboarding/baseline/baseline-template.ts';
import { breakGlassRoleName } from '../../config/role-names.ts';
import type { AccountFacts } from './account-facts.ts';

/** The command that deploys the baseline of an account. */
export type DeploysBaseline = (account: AccountBaseline) => string;

/**
 * Commands that deploy baselines again in the way in which they came, by a StackSet or by the script. A workload account
 * without one gets it as the other workload accounts did.
 */
export function deploysBaselineIn(accounts: readonly AccountFacts[]): DeploysBaseline {
  const ways = new Map(
    accounts.flatMap((facts) => {
      const stacks = facts.kind === 'read' ? facts.regions.flatMap(({ baselineStack = [] }) => baselineStack) : [];
      return stacks.length === 0 ? [] : [[facts.baseline.account, stacks.some(isOfStackSet)] as const];
    }),
  );
  const isUsual = [...ways.values()].includes(true);
  return ({ account, kind }) =>
    (ways.get(account) ?? (isUsual && jobsOf(kind).includes('workload'))) ? byStackSets : byScript(account);
}

const byStackSets = 'npx crosswind baseline --stack-sets > stack-sets.sh && bash stack-sets.sh';

/** Service control policies deny every other role; it is never the default, because each use of it wakes somebody. */
const byScript = (account: string): string =>
  `npx crosswind baseline ${account} --script > baseline.sh && bash baseline.sh # bash baseline.sh ${breakGlassRoleName} where the organization's policies are attached`;
