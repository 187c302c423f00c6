import type { Stack } from '@crosswind/assembly/resolve';
import type { PlanSide } from '../../../cli/plan/plan-side.ts';
import { planSide } from '../../../cli/plan/plan-side.ts';
import { platformIn } from '../../../cli/platform/platform-in.ts';
import { platformOf } from '../../synthesized.ts';
import { platformIn as platformTextOf } from '../../pipeline/platform-in.ts';

/** Names and ids of the accounts of a tenant. */
const wordsOf = (tenant: number): readonly string[] => [
  ...[`tenant-${tenant}-parent`, `tenant-${tenant}-child`, `tenant-${tenant}`],
  ...[String(300_000_000_000 + 2 * tenant), String(300_000_000_001 + 2 * tenant)],
];

/**
 * The side of an assembly of one tenant, with the stacks of its accounts as often as a platform of so many accounts has them: a
 * synthesis of hundreds takes minutes.
 */
export function sideOfMany(directory: string, accounts: number): PlanSide {
  const one = planSide(directory, platformIn(directory), directory, undefined);
  const copies = Array.from({ length: accounts / 2 }, (_, tenant) => tenant).flatMap((tenant) =>
    one.stacks.filter(isOfTenant).map((stack) => copied(stack, wordsOf(0), wordsOf(tenant))),
  );
  const stacks = [...one.stacks.filter((stack) => !isOfTenant(stack)), ...copies];
  return { ...one, platform: platformOf(platformTextOf(accounts)), stacks, reach: { ...one.reach, stacks } };
}

const isOfTenant = ({ path, account }: Stack): boolean => path.includes('tenant-0') || wordsOf(0).includes(account);

/** The stack with other names; longer ones first, because a name contains another. */
function copied({ assets, ...stack }: Stack, from: readonly string[], to: readonly string[]): Stack {
  const text = from.reduce((rest, word, index) => rest.replaceAll(word, `<${index}>`), JSON.stringify(stack));
  const other = to.reduce((rest, word, index) => rest.replaceAll(`<${index}>`, word), text);
  return { ...(JSON.parse(other) as Stack), assets };
}
