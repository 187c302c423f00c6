import { grouped } from '../../policies/reach/grouped.ts';

/** Items of one shape: the first of them, with all. */
export interface Fold<Item> {
  readonly first: Item;
  /** At least one, in their order. */
  readonly all: readonly Item[];
}

/** Groups items whose texts have one shape, in the order of the first of each. */
export function folded<Item>(
  items: readonly Item[],
  shape: (text: string) => string,
  textOf: (item: Item) => string,
): readonly Fold<Item>[] {
  const groups = grouped(items, (item) => shape(textOf(item)));
  return [...groups.values()].flatMap((all) => (all[0] === undefined ? [] : [{ first: all[0], all }]));
}
