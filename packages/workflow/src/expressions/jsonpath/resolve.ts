import { isArray, isObject } from '@crosswind/aws/json';
import type { Json } from '@crosswind/aws/json';
import { PathFailed } from '../query.ts';
import type { Bindings } from '../query.ts';
import { parsePath } from './path.ts';
import type { Path, Step } from './path.ts';
import { select } from './select.ts';

export type Resolved =
  { readonly found: true; readonly value: Json } | { readonly found: false; readonly problem: string };

/**
 * Selects with a path. A definite path selects exactly one value. Any other selects all matches, a list that may be
 * empty.
 * Problems have the wording of the JSONPath library that AWS uses.
 */
export function resolve(text: string, bindings: Bindings): Resolved {
  const path = parsePath(text);
  const start = rootValue(path, bindings);
  if (start === undefined) return { found: false, problem: `No results for path: ${text}` };
  let value: Json = start;
  for (const [i, step] of path.steps.entries()) {
    const next = take(value, step);
    if (next === undefined) {
      return path.many === undefined
        ? { found: false, problem: problemAt(path, i, value) }
        : { found: true, value: [] };
    }
    value = next;
  }
  if (path.many === undefined) return { found: true, value };
  return { found: true, value: select(path.many, value, start) };
}

/** The value a path must select, or AWS's sentence about one that selects nothing. */
export function pathValue(text: string, bindings: Bindings): Json {
  const resolved = resolve(text, bindings);
  if (resolved.found) return resolved.value;
  throw new PathFailed(`Invalid path '${text}' : ${resolved.problem}`);
}

/** `InputPath` and `OutputPath`: absent is everything, null is an empty object. */
export function selected(path: string | null | undefined, bindings: Bindings): Json {
  if (path === null) return {};
  return path === undefined ? (bindings.states['input'] ?? null) : pathValue(path, bindings);
}

function rootValue({ root }: Path, { states, variables }: Bindings): Json | undefined {
  if ('states' in root) return states[root.states];
  return Object.hasOwn(variables, root.variable) ? variables[root.variable] : undefined;
}

function take(value: Json, step: Step): Json | undefined {
  if (typeof step === 'number') return isArray(value) ? value.at(step) : undefined;
  if (!isObject(value)) return undefined;
  if (typeof step === 'string') return Object.hasOwn(value, step) ? value[step] : undefined;
  return Object.fromEntries(Object.entries(value).filter(([name]) => step.includes(name)));
}

function problemAt({ steps }: Path, at: number, value: Json): string {
  const here = `$${steps
    .slice(0, at + 1)
    .map(inBrackets)
    .join('')}`;
  if (typeof steps[at] !== 'number') {
    return at === steps.length - 1 ? `No results for path: ${here}` : `Missing property in path ${here}`;
  }
  return isArray(value)
    ? `Index out of bounds when evaluating path ${here}`
    : `Filter: ${inBrackets(steps[at])} can only be applied to arrays. Current context is: ${JSON.stringify(value)}`;
}

const inBrackets = (step: Step): string =>
  typeof step === 'number'
    ? `[${step}]`
    : `[${[step]
        .flat()
        .map((name) => `'${name}'`)
        .join(',')}]`;
