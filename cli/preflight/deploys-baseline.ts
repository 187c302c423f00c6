import { jobsOf } from '../../config/account-kinds.ts';
import type { AccountBaseline } from '../../onboarding/baseline/baseline.ts';
import { isOfStackSet } from '../../onboarding/baseline/baseline-template.ts';
import { breakGlassRoleName } from '../../config/role-names.ts';
import type { AccountFacts } from './account-facts.ts';

/** The command that deploys the baseline of accounts, in their order. */
export type DeploysBaseline = (...accounts: readonly AccountBaseline[]) => string;

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
  const isByStackSet = ({ account, kind }: AccountBaseline): boolean =>
    ways.get(account) ?? (isUsual && jobsOf(kind).includes('workload'));
  return (...wanted) => {
    const byHand = wanted.filter((account) => !isByStackSet(account)).map(({ account }) => account);
    if (byHand.length === 0) return byStackSets;
    const scripted = byScript(byHand);
    return byHand.length === wanted.length ? scripted : `${scripted}; then ${byStackSets}`;
  };
}

const byStackSets = 'npx crosswind baseline --stack-sets > stack-sets.sh && bash stack-sets.sh';

/** Service control policies deny every other role; it is never the default, because each use of it wakes somebody. */
const byScript = (accounts: readonly string[]): string =>
  `npx crosswind baseline ${accounts.join(' ')} --script > baseline.sh && bash baseline.sh # bash baseline.sh ${breakGlassRoleName} where the organization's policies are attached`;

/** Who may run a command that service control policies deny to others. */
export const asAdministrator = `as ${breakGlassRoleName} where the organization's policies are attached`;
