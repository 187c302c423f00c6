import jsonata from 'jsonata';
import type { Json, JsonObject } from '@crosswind/aws/json';
import { jsonataFunctions } from './jsonata-functions.ts';
import { type Limits, TooMuch, checkBytes, compileLimited, limitedOwn } from './jsonata-limits.ts';

/** An expression of JSONata with all that decides its value. */
export interface Evaluation {
  readonly expression: string;
  readonly states: JsonObject;
  readonly variables: Readonly<Record<string, Json>>;
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly seed: string;
}

/** Result of an evaluation; a failure is in AWS's words, after its name for expression and field. */
export type Evaluated =
  | { readonly kind: 'value'; readonly value: Json }
  | { readonly kind: 'failed'; readonly failure: string }
  | { readonly kind: 'exceeded'; readonly limit: 'time' | 'memory' };

/** Evaluates an expression in this thread; one with a regular expression may take longer than its limits. */
export async function evaluateWithin(limits: Limits, evaluation: Evaluation): Promise<Evaluated> {
  const { expression, at, seed, states, variables } = evaluation;
  const now = (picture?: string, timezone?: string): Promise<unknown> =>
    compile('$fromMillis($at, $picture, $timezone)').evaluate(undefined, { at, picture, timezone });
  const functions = limitedOwn({ ...jsonataFunctions(at, seed), now }, limits);
  try {
    const limited = await limitedExpression(expression, limits);
    const value: unknown = await limited.evaluate(undefined, { ...functions, ...variables, states });
    checkBytes(value, limits.bytes);
    return asJson(value);
  } catch (error) {
    return exceeded(error) ?? { kind: 'failed', failure: `threw an error during evaluation. ${describe(error)}` };
  }
}

/** JSONata's own arrays carry hidden marks, and a function is a value to it: only plain JSON leaves this module. */
function asJson(value: unknown): Evaluated {
  if (value === undefined) return { kind: 'failed', failure: 'returned nothing (undefined).' };
  if (isFunction(value)) return { kind: 'failed', failure: 'returned an unsupported result type.' };
  const isPlain = typeof value === 'string' || typeof value === 'boolean' || value === null || Number.isFinite(value);
  if (isPlain) return { kind: 'value', value: value as Json };
  const text = JSON.stringify(value, (_, each: unknown) => (isFunction(each) ? undefined : each));
  return { kind: 'value', value: JSON.parse(text) as Json };
}

const isFunction = (value: unknown): boolean =>
  typeof value === 'function' ||
  (typeof value === 'object' && value !== null && ('_jsonata_function' in value || '_jsonata_lambda' in value));

function exceeded(error: unknown): Evaluated | undefined {
  const { code } = Object(error) as { readonly code?: unknown };
  if (code === 'D1012') return { kind: 'exceeded', limit: 'time' };
  const isTooLong = error instanceof RangeError && /string length|array length/i.test(error.message);
  const isTooMuch = error instanceof TooMuch || isTooLong || code === 'D2014' || code === 'D2015';
  return isTooMuch ? { kind: 'exceeded', limit: 'memory' } : undefined;
}

/** An error of JSONata in AWS's words. */
export function describe(error: unknown): string {
  if (typeof error !== 'object' || error === null) return String(error);
  const { code, message } = error as { readonly code?: string; readonly message?: string };
  if (code === 'D1011') return 'Stack overflow error';
  return [code, message].filter(Boolean).join(': ');
}

const compiled = new Map<string, jsonata.Expression>();

/** An expression to be looked at. Compiling depends on the text alone, so each text is compiled once. */
export function compile(expression: string): jsonata.Expression {
  const known = compiled.get(expression) ?? jsonata(expression);
  compiled.set(expression, known);
  return known;
}

const limitedExpressions = new Map<Limits, Map<string, Promise<jsonata.Expression>>>();

function limitedExpression(expression: string, limits: Limits): Promise<jsonata.Expression> {
  const known = limitedExpressions.get(limits) ?? new Map<string, Promise<jsonata.Expression>>();
  limitedExpressions.set(limits, known);
  const found = known.get(expression) ?? compileLimited(expression, limits);
  known.set(expression, found);
  return found;
}
