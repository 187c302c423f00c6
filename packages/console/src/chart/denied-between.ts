import { type DecisionModel, decisionsUntil } from '../models/decisions.ts';
import type { ExecutionModel } from '../models/executions.ts';

/** Calls in accounts of a family that were denied in a span of time, estimated where seconds were not kept. */
export function deniedBetween(
  decisions: readonly DecisionModel[],
  family: readonly ExecutionModel[],
  { from, to }: { readonly from: number; readonly to: number },
): number {
  const accounts = new Set(family.map(({ account }) => account));
  return decisions
    .filter(
      ({ verdict, account, first, last }) =>
        verdict !== 'allowed' && accounts.has(account) && first <= to && last > from,
    )
    .reduce((sum, group) => sum + decisionsUntil(group, to).times - decisionsUntil(group, from).times, 0);
}
