/** Stands where the request does not say enough to tell. */
export const UNKNOWN = Symbol('unknown');

/** True, false, or not to be told from what the request says. */
export type Truth = boolean | typeof UNKNOWN;

/** Whether any of the items passes: one that does decides; otherwise one that cannot be told leaves it open. */
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
