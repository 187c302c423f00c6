import { stackName } from '../../../blocks/workflow/address.ts';
import type { WorkflowPlace } from './run-data.ts';

/**
 * Text of a value without the names of its place: accounts, regions, tenant and the suffix of names that the assembly
 * makes up. Values of the same shape have the same text.
 */
export function shapeOf(value: unknown, { region, tenant }: Pick<WorkflowPlace, 'region' | 'tenant'>): string {
  const named = JSON.stringify(value)
    .replace(/\b\d{12}\b/g, '<account>')
    .replaceAll(region, '<region>')
    .replace(/-[0-9a-f]{12}(?![0-9a-z])/gi, '');
  return tenant ? named.replaceAll(stackName(tenant, ''), stackName({ tenant: '<tenant>' }, '')) : named;
}

/** At least one item. */
export type Group<Item> = readonly [Item, ...Item[]];

/** Items with the same key together, in the order of their first. */
export function grouped<Item>(items: readonly Item[], keyOf: (item: Item) => string): readonly Group<Item>[] {
  const groups = new Map<string, [Item, ...Item[]]>();
  for (const item of items) {
    const group = groups.get(keyOf(item));
    if (group) group.push(item);
    else groups.set(keyOf(item), [item]);
  }
  return [...groups.values()];
}
