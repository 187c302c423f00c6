/** Result where the request does not say enough. */
export const UNKNOWN = Symbol('unknown');

/** True, false, or unknown from what the request says. */
export type Truth = boolean | typeof UNKNOWN;

/** True if any item passes. Otherwise unknown if any item is unknown. */
export function some<Item>(items: readonly Item[], test: (item: Item) => Truth): Truth {
  let open = false;
  for (const item of items) {
    const truth = test(item);
    if (truth === true) return true;
    if (truth === UNKNOWN) open = true;
  }
  return open ? UNKNOWN : false;
}

/** The opposite, where there is one. */
export const not = (truth: Truth): Truth => (truth === UNKNOWN ? UNKNOWN : !truth);
