/** Change of a list whose items have keys. */
export interface KeyedChange<Item> {
  /** Keys of items that are gone. */
  readonly gone: readonly string[];
  /** Items that are new or changed, with their places in the list afterwards; in that order. */
  readonly put: readonly (readonly [place: number, item: Item])[];
}

/**
 * Change from one list to another. If items changed their order, which is rare, all of them are put again.
 *
 * @param isSame true for an item that did not change
 * @returns undefined if nothing changed
 */
export function keyedChange<Item>(
  before: readonly Item[],
  after: readonly Item[],
  keyOf: (item: Item) => string,
  isSame: (one: Item, other: Item) => boolean = (one, other) => one === other,
): KeyedChange<Item> | undefined {
  const known = new Map(before.map((item) => [keyOf(item), item]));
  const places = new Map([...known.keys()].map((key, place) => [key, place]));
  const stayed = after.flatMap((item) => places.get(keyOf(item)) ?? []);
  if (stayed.some((place, index) => place < (stayed[index - 1] ?? -1))) {
    return { gone: [...known.keys()], put: after.map((item, place) => [place, item] as const) };
  }
  const put: (readonly [number, Item])[] = [];
  const left = new Set(known.keys());
  after.forEach((item, place) => {
    const key = keyOf(item);
    left.delete(key);
    const old = known.get(key);
    if (old === undefined || !isSame(old, item)) put.push([place, item]);
  });
  return left.size === 0 && put.length === 0 ? undefined : { gone: [...left], put };
}

/** The list after a change. */
export function withChange<Item>(
  list: readonly Item[],
  { gone, put }: KeyedChange<Item>,
  keyOf: (item: Item) => string,
): readonly Item[] {
  const left = new Set(gone);
  const kept = left.size === 0 ? [...list] : list.filter((item) => !left.has(keyOf(item)));
  const places = new Map(kept.map((item, place) => [keyOf(item), place]));
  const added: (readonly [number, Item])[] = [];
  for (const [place, item] of put) {
    const known = places.get(keyOf(item));
    if (known === undefined) added.push([place, item]);
    else kept[known] = item;
  }
  return inserted(kept, added);
}

/** Puts items at their places, all of them in one pass. */
function inserted<Item>(list: Item[], added: readonly (readonly [number, Item])[]): readonly Item[] {
  if (added.length === 0) return list;
  const result: Item[] = [];
  let next = 0;
  for (const item of list) {
    for (let more = added[next]; more && more[0] <= result.length; more = added[next]) {
      result.push(more[1]);
      next += 1;
    }
    result.push(item);
  }
  return [...result, ...added.slice(next).map(([, item]) => item)];
}
