import { isArray, isObject, type Json, type JsonObject, listOf, objectOf, textOf, without } from '@crosswind/aws/json';
import { fieldChanges, isSame } from './field-changes.ts';
import type { StateChange } from './run-data.ts';

type Names = ReadonlyMap<string, string>;

/** Differences of two blocks of a definition, and the new names of states in it. */
export interface BlockChanges {
  readonly states: readonly StateChange[];
  /** New names by the former ones. */
  readonly renamed: Names;
}

/**
 * States of a block that differ, those inside of Map and Parallel included. States are matched by their name and by the
 * states around them. Pure.
 */
export function stateChanges(before: JsonObject, after: JsonObject, around: readonly string[] = []): BlockChanges {
  const [old, young] = [objectOf(before['States']), objectOf(after['States'])];
  const renamed = renamedIn(old, young);
  const formerNames = new Map([...renamed].map(([former, name]) => [name, former]));
  const states = Object.entries(young).flatMap(([name, state]): readonly StateChange[] => {
    const path = [...around, name];
    const type = typeOf(state);
    const formerName = formerNames.get(name);
    if (formerName !== undefined) return [{ kind: 'renamed', path, type, formerName, fields: [] }];
    const earlier = old[name];
    if (earlier === undefined) return [{ kind: 'added', path, type, fields: [] }];
    return changesOf(earlier, state, { path, renamed });
  });
  const removed = Object.entries(old)
    .filter(([name]) => young[name] === undefined && !renamed.has(name))
    .map(([name, state]): StateChange => ({
      kind: 'removed',
      path: [...around, name],
      type: typeOf(state),
      fields: [],
    }));
  return { states: [...states, ...removed], renamed };
}

const typeOf = (state: Json): string => textOf(objectOf(state)['Type']);

function changesOf(
  before: Json,
  after: Json,
  { path, renamed }: { readonly path: readonly string[]; readonly renamed: Names },
): readonly StateChange[] {
  const [old, young] = [objectOf(before), objectOf(after)];
  const inner = stateChanges(insideOf(old), insideOf(young), path);
  const known = new Map([...renamed, ...inner.renamed]);
  const fields = fieldChanges(withNames(withoutStates(old), known), withoutStates(young));
  const own: readonly StateChange[] = fields.length > 0 ? [{ kind: 'changed', path, type: typeOf(after), fields }] : [];
  return [...own, ...inner.states];
}

/** `Iterator` is the former name of `ItemProcessor` and still valid (state-map-inline). */
const blocksOf = (state: JsonObject): readonly JsonObject[] =>
  [state['ItemProcessor'] ?? state['Iterator'] ?? null, ...listOf(state['Branches'])].filter(isObject);

/** The states inside of a state as one block: a name occurs once in a state machine. */
const insideOf = (state: JsonObject): JsonObject => ({
  States: Object.fromEntries(blocksOf(state).flatMap((block) => Object.entries(objectOf(block['States'])))),
});

/** A state without the states inside of it. */
function withoutStates(state: JsonObject): JsonObject {
  const { ItemProcessor, Iterator, Branches, ...own } = state;
  const processor = ItemProcessor ?? Iterator;
  return {
    ...own,
    ...(isObject(processor) && { ItemProcessor: without(processor, 'States') }),
    ...(isArray(Branches) && { Branches: Branches.map((branch) => without(objectOf(branch), 'States')) }),
  };
}

/** A state whose transitions lead to the new names. */
const withNames = (value: Json, names: Names): Json => {
  if (isArray(value)) return value.map((item) => withNames(item, names));
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => {
      const isName = ['Next', 'Default', 'StartAt'].includes(key) && typeof inner === 'string';
      return [key, isName ? (names.get(inner) ?? inner) : withNames(inner, names)];
    }),
  );
};

/** Transitions of a state, which follow the names of other states. */
const withoutTransitions = (value: Json): Json => {
  if (isArray(value)) return value.map(withoutTransitions);
  if (!isObject(value)) return value;
  const kept = Object.entries(value).filter(([key]) => !['Next', 'Default', 'StartAt'].includes(key));
  return Object.fromEntries(kept.map(([key, inner]) => [key, withoutTransitions(inner)]));
};

/** Names that changed while all else of their states is equal: the transitions, too, as far as they follow new names. */
function renamedIn(old: JsonObject, young: JsonObject): Names {
  const added = Object.entries(young).filter(([name]) => old[name] === undefined);
  let names = new Map<string, string>();
  for (const [name, state] of Object.entries(old).filter(([former]) => young[former] === undefined)) {
    const taken = new Set(names.values());
    const equal = added.filter(([other]) => !taken.has(other));
    const found = equal.find(([, other]) => isSame(withoutTransitions(state), withoutTransitions(other)));
    if (found) names.set(name, found[0]);
  }
  // A pair whose transitions differ is no pair, and then others may not be one either.
  for (;;) {
    const kept = [...names].filter(([former, name]) => isSame(withNames(old[former] ?? null, names), young[name]));
    if (kept.length === names.size) return names;
    names = new Map(kept);
  }
}
