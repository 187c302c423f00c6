import { evaluate } from '../expressions.ts';
import { isObject } from '../json.ts';
import type { Json } from '../json.ts';
import type { MapRunSpec } from './spec.ts';

/** What each item becomes through the item selector; `first` is the index of the first in the whole run. */
export async function selected(spec: MapRunSpec, items: readonly Json[], first: number): Promise<readonly Json[]> {
  const { selector } = spec;
  if (!selector) return items;
  const { bindings, template } = selector;
  const source = spec.items.from === 'reader' ? spec.items.source : 'STATE_DATA';
  const context = isObject(bindings.states['context']) ? bindings.states['context'] : {};
  const inputs: Json[] = [];
  for (const [i, value] of items.entries()) {
    const item = { Index: first + i, Value: value, Source: source };
    const states = { ...bindings.states, context: { ...context, Map: { Item: item } } };
    const seed = `${bindings.seed}/item/${first + i}`;
    inputs.push(await evaluate(template, 'ItemSelector', { ...bindings, states, seed }));
  }
  return inputs;
}
