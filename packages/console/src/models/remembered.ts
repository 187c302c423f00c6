/**
 * The same function, which computes once for each object: models do not change, so that what follows from one stays true.
 * Nothing is kept longer than the object.
 */
export function remembered<Key extends object, Value>(compute: (key: Key) => Value): (key: Key) => Value {
  const known = new WeakMap<Key, { readonly value: Value }>();
  return (key) => {
    const found = known.get(key);
    if (found) return found.value;
    const value = compute(key);
    known.set(key, { value });
    return value;
  };
}

/** A copy of an object in which some fields are computed when somebody reads them, each of them once. */
export function lazily<Fields extends object>(
  fields: Fields,
  compute: { readonly [Name in keyof Fields]?: () => Fields[Name] },
): Fields {
  const copy = { ...fields };
  for (const name of Object.keys(compute) as (keyof Fields)[]) {
    const get = (): unknown => {
      const value = compute[name]?.();
      Object.defineProperty(copy, name, { enumerable: true, value });
      return value;
    };
    Object.defineProperty(copy, name, { enumerable: true, configurable: true, get });
  }
  return copy;
}
