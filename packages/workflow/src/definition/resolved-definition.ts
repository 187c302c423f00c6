import { isArray, isObject } from '@crosswind/aws/json';
import type { Json, JsonObject } from '@crosswind/aws/json';

/**
 * A block in the one way of writing that the engine knows: every state names its query language, `Iterator` is
 * `ItemProcessor`, and the `Parameters` of JSONPath are the `Arguments` of JSONata, or the `ItemSelector` of a Map.
 */
export function resolvedBlock(block: JsonObject, inherited: Json): JsonObject {
  const states = isObject(block['States']) ? block['States'] : {};
  return { ...block, States: mapped(states, (state) => (isObject(state) ? resolvedState(state, inherited) : state)) };
}

function resolvedState(state: JsonObject, inherited: Json): JsonObject {
  const { QueryLanguage = inherited } = state;
  const plain: Record<string, Json> = { ...withCurrentNames(state), QueryLanguage };
  const inner = (block: Json): Json => (isObject(block) ? resolvedBlock(block, inherited) : block);
  const { Branches, ItemProcessor, ItemReader, ResultWriter } = plain;
  if (isArray(Branches)) plain['Branches'] = Branches.map(inner);
  if (ItemProcessor !== undefined) plain['ItemProcessor'] = inner(ItemProcessor);
  if (isObject(ItemReader)) plain['ItemReader'] = renamed(ItemReader, { Parameters: 'Arguments' });
  if (isObject(ResultWriter)) plain['ResultWriter'] = renamed(ResultWriter, { Parameters: 'Arguments' });
  return plain;
}

const withCurrentNames = (state: JsonObject): JsonObject =>
  state['Type'] === 'Map' ? currentMap(state) : renamed(state, { Parameters: 'Arguments' });

/** A Map of JSONPath with the names that replaced `Iterator` and `Parameters`. */
export const currentMap = (state: JsonObject): JsonObject =>
  renamed(state, { Iterator: 'ItemProcessor', Parameters: 'ItemSelector' });

const renamed = (object: JsonObject, names: Readonly<Record<string, string>>): JsonObject =>
  Object.fromEntries(
    Object.entries(object).map(([field, value]) => [
      Object.hasOwn(names, field) ? (names[field] ?? field) : field,
      value,
    ]),
  );

const mapped = (object: JsonObject, change: (value: Json) => Json): JsonObject =>
  Object.fromEntries(Object.entries(object).map(([name, value]) => [name, change(value)]));
