import type { Aside } from '../expressions/aside.ts';
import { evaluate } from '../expressions/expressions.ts';
import { defined, isObject } from '@crosswind/aws/json';
import type { Json } from '@crosswind/aws/json';
import type { ItemPage } from './protocol.ts';
import type { MapRunSpec } from './spec.ts';

/** Items of a page after the item selector; without one, those of an object are its keys with values. `first` is the index of the page's first item in the whole run. */
export async function selected(
  spec: MapRunSpec,
  page: ItemPage,
  first: number,
  aside: Aside,
): Promise<readonly Json[]> {
  const { selector } = spec;
  const { items, keys, source: Source } = page;
  if (!selector) return keys ? items.map((Value, i) => ({ Key: keys[i] ?? '', Value })) : items;
  const { bindings, template } = selector;
  const context = isObject(bindings.states['context']) ? bindings.states['context'] : {};
  const inputs: Json[] = [];
  for (const [i, value] of items.entries()) {
    const item = defined({ Index: first + i, Key: keys?.[i], Value: value, Source });
    const states = { ...bindings.states, context: { ...context, Map: { Item: item } } };
    const seed = `${bindings.seed}/item/${first + i}`;
    inputs.push(await evaluate(template, 'ItemSelector', { ...bindings, states, seed, aside }));
  }
  return inputs;
}
