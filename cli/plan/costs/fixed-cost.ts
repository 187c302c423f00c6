import type { Stack } from '@crosswind/assembly/resolve';
import { prices } from '@crosswind/aws/prices';
import { type CostLine, monitoringCosts } from '../../costs/monitoring-costs.ts';
import { added, always } from '../../costs/quantity.ts';
import type { CostChange, FixedCostChange, MonthlyRange } from '../runs/run-data.ts';

const nothing: MonthlyRange = { least: 0, most: 0 };

/** Difference of what two assemblies cost a month before anything runs, by item. Pure. */
export function fixedCost(before: readonly Stack[], after: readonly Stack[]): FixedCostChange {
  const [old, young] = [linesOf(before), linesOf(after)];
  const items = [...new Set([...young.keys(), ...old.keys()])].sort().flatMap((name): readonly CostChange[] => {
    const [was, is] = [old.get(name), young.get(name)];
    const line = is ?? was;
    if (!line || isEqual(was?.cost, is?.cost)) return [];
    const { service, item, unit } = line;
    return [
      {
        ...{ service, item, unit },
        quantity: { before: was?.quantity ?? nothing, after: is?.quantity ?? nothing },
        cost: { before: was?.cost ?? nothing, after: is?.cost ?? nothing },
      },
    ];
  });
  return {
    currency: 'USD',
    total: { before: totalOf(old), after: totalOf(young) },
    items: items.toSorted((one, other) => differenceOf(other) - differenceOf(one)),
  };
}

type Lines = ReadonlyMap<string, CostLine>;

/** Lines of `crosswind costs` by their names, with all keys in place of those of its topics alone. */
function linesOf(stacks: readonly Stack[]): Lines {
  const watching = monitoringCosts(stacks).lines.filter(({ item }) => item !== prices.keys.item);
  const keys = stacks.flatMap(({ resources }) =>
    resources.filter(({ type }) => ['AWS::KMS::Key', 'AWS::KMS::ReplicaKey'].includes(type)),
  ).length;
  const line = { ...prices.keys, quantity: always(keys), cost: always(keys * prices.keys.dollars) };
  return new Map([...watching, line].map((each) => [`${each.service}, ${each.item}`, each]));
}

const isEqual = (one = nothing, other = nothing): boolean => one.least === other.least && one.most === other.most;

/** To a hundredth of a cent. */
const rounded = (value: number): number => Math.round(value * 10_000) / 10_000;

function totalOf(lines: Lines): MonthlyRange {
  const { least, most } = added([...lines.values()].map(({ cost }) => cost));
  return { least: rounded(least), most: rounded(most) };
}

const differenceOf = ({ cost: { before, after } }: CostChange): number =>
  Math.max(Math.abs(after.least - before.least), Math.abs(after.most - before.most));
