import type { OrganizationModel } from '../../models/organization.ts';
import { accountIn, accountWith, type Cell, type CellBox, lineOf, startsFrom } from './cell.ts';

/**
 * Accounts that belong to no tenant, without those of tooling and monitoring, which have bars of their own. Accounts that start
 * workflows of each other are one cell, callers first.
 */
export function looseCells(model: OrganizationModel): readonly Cell[] {
  const taken = new Set(
    model.tenants.flatMap(({ cells }) => cells.flatMap(({ stages }) => stages.map(({ account }) => account))),
  );
  const isShared = (jobs: readonly string[]): boolean => jobs.includes('tooling') || jobs.includes('monitoring');
  const loose = model.accounts.filter(({ id, jobs }) => !taken.has(id) && !isShared(jobs));
  const own = new Set(loose.map(({ id }) => id));
  const startsOf = new Map(
    loose.map(({ id, machines }) => [
      id,
      machines
        .flatMap(({ arn }) => startsFrom(model, arn))
        .map(({ from: machine, role }) => ({ machine, called: accountIn(role) }))
        .filter(({ called }) => called !== id && own.has(called)),
    ]),
  );
  const families = familiesOf(new Map([...startsOf].map(([id, starts]) => [id, starts.map(({ called }) => called)])));
  return families.map((family) => {
    const boxes = family.map((account): CellBox => ({
      account,
      stages: [],
      stacks: undefined,
      machines: accountWith(model, account)?.machines.map(({ arn }) => arn) ?? [],
    }));
    const lines = family.flatMap((caller, from) =>
      (startsOf.get(caller) ?? []).map(({ machine, called }) =>
        lineOf(model, { machine, caller, called, from, to: family.indexOf(called) }),
      ),
    );
    return { boxes, lines };
  });
}

/**
 * Accounts that are connected, each group in the order of its starts; groups in the order of their first account.
 * @param called accounts that each account starts workflows of
 */
function familiesOf(called: ReadonlyMap<string, readonly string[]>): readonly (readonly string[])[] {
  const neighbors = new Map<string, string[]>([...called].map(([account, others]) => [account, [...others]]));
  for (const [caller, others] of called) for (const other of others) neighbors.get(other)?.push(caller);
  const isCalled = new Set([...called.values()].flat());
  const seen = new Set<string>();
  return [...called.keys()].flatMap((first) => {
    if (seen.has(first)) return [];
    const family = [first];
    seen.add(first);
    for (const account of family) {
      for (const next of neighbors.get(account) ?? []) {
        if (seen.has(next)) continue;
        seen.add(next);
        family.push(next);
      }
    }
    return [[...family].sort((one, other) => Number(isCalled.has(one)) - Number(isCalled.has(other)))];
  });
}
