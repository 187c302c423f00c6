import type { Stack } from '@crosswind/assembly/resolve';
import { freeTier, type Price, prices } from '@crosswind/aws/prices';
import { emittingIn } from './matched-metrics.ts';
import { added, type Quantity } from './quantity.ts';
import { monitoringUsage, smallDashboards } from './usage.ts';

/** A line of the bill: how much of an item, and what it costs. */
export interface CostLine extends Price {
  readonly quantity: Quantity;
  /** US dollars. */
  readonly cost: Quantity;
}

/** Costs of watching a platform for a month of 30 days, at the list prices of us-east-1. */
export interface MonitoringCosts {
  readonly currency: 'USD';
  readonly lines: readonly CostLine[];
  readonly total: Quantity;
  /** Part of the total that the free tier takes off, where nothing else of the organization uses it. */
  readonly free: Quantity;
  /** Accounts that a probe watches. */
  readonly accounts: number;
}

/** To a hundredth of a cent. */
const rounded = (value: number): number => Math.round(value * 10_000) / 10_000;
const each = ({ least, most }: Quantity, of: (value: number) => number): Quantity => ({
  least: rounded(of(least)),
  most: rounded(of(most)),
});

/** Costs of alarms, dashboards, own metrics, probes and keys; messages of topics are not counted. Pure. */
export function monitoringCosts(stacks: readonly Stack[]): MonitoringCosts {
  const emitting = emittingIn(stacks);
  const usage = monitoringUsage(emitting);
  const names = Object.keys(prices) as readonly (keyof typeof prices)[];
  const used = names.flatMap((name) => {
    const quantity = usage[name];
    return quantity === undefined || quantity.most === 0 ? [] : [{ name, quantity, price: prices[name] }];
  });
  const freeOf = (name: keyof typeof prices): number =>
    name === 'dashboards' ? Math.min(freeTier[name] ?? 0, smallDashboards(stacks)) : (freeTier[name] ?? 0);
  return {
    currency: 'USD',
    lines: used.map(({ quantity, price }) => ({
      ...price,
      quantity: each(quantity, (value) => value),
      cost: each(quantity, (value) => value * price.dollars),
    })),
    total: each(added(used.map(({ quantity, price }) => each(quantity, (value) => value * price.dollars))), (it) => it),
    free: each(
      added(
        used.map(({ name, quantity, price }) =>
          each(quantity, (value) => Math.min(value, freeOf(name)) * price.dollars),
        ),
      ),
      (value) => value,
    ),
    accounts: new Set(emitting.scheduled.map(({ account }) => account)).size,
  };
}
