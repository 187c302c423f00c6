import { isArray, isObject } from '@crosswind/aws/json';
import type { Json, JsonObject } from '@crosswind/aws/json';
import { PathFailed } from '../query.ts';
import type { Selector } from './path.ts';

/** Not a quota of AWS: looking at a million values takes less than half a second, and some paths would look for hours. */
const MAX_VALUES = 1_000_000;

/** A selector in its path. */
interface Place {
  readonly root: Json;
  readonly isLast: boolean;
  /** True behind `..`, where every value is looked at by itself. */
  readonly isDeep: boolean;
}

/** The values that selectors find in a value, in the order of the document. `root` is what the whole path starts from. */
export function select(selectors: readonly Selector[], from: Json, root: Json): readonly Json[] {
  let seen = 0;
  let values: readonly Json[] = [from];
  for (const [i, selector] of selectors.entries()) {
    const place = { root, isLast: i === selectors.length - 1, isDeep: selectors[i - 1]?.kind === 'deep' };
    values = values.flatMap((value) => {
      const found = foundIn(value, selector, place);
      seen += looksAt(value, selector) + found.length;
      if (seen > MAX_VALUES) throw new PathFailed(`The path looks at more than ${MAX_VALUES} values.`);
      return found;
    });
  }
  return values;
}

/** Filters and slices look at items that they do not select. */
const looksAt = (value: Json, { kind }: Selector): number =>
  isArray(value) && (kind === 'filter' || kind === 'slice') ? value.length : 1;

function foundIn(value: Json, selector: Selector, place: Place): readonly Json[] {
  switch (selector.kind) {
    case 'all':
      return childrenOf(value);
    case 'deep':
      return withDescendants(value, []);
    case 'names':
      return isObject(value) ? named(value, selector.names, place) : [];
    case 'indexes':
      return isArray(value) ? selector.indexes.flatMap((index) => value.slice(index, index + 1 || undefined)) : [];
    case 'slice':
      return isArray(value) ? value.slice(selector.first, selector.end).filter((_, i) => i % selector.step === 0) : [];
    case 'filter': {
      // An array is asked item by item, anything else is asked itself.
      const asked = isArray(value) && !place.isDeep ? value : [value];
      return asked.filter((each) => selector.test(each, place.root));
    }
  }
}

const childrenOf = (value: Json): readonly Json[] =>
  isArray(value) || isObject(value) ? Object.values<Json>(value) : [];

/** Adds a value and everything in it to `found`. A list for each level would copy a deep value once per level. */
function withDescendants(value: Json, found: Json[]): readonly Json[] {
  found.push(value);
  for (const child of childrenOf(value)) withDescendants(child, found);
  return found;
}

/** One name selects its value; several select an object of what is there at the end of a path, elsewhere each value. */
function named(value: JsonObject, names: readonly string[], { isLast, isDeep }: Place): readonly Json[] {
  const there = names.filter((name) => Object.hasOwn(value, name));
  if (names.length === 1 || !isLast) return there.map((name) => value[name] ?? null);
  if (isDeep && there.length < names.length) return [];
  return [Object.fromEntries(there.map((name) => [name, value[name] ?? null]))];
}
