import jsonata from 'jsonata';
import { isArray, isObject, typeName } from './json.ts';
import type { Json, JsonObject } from './json.ts';
import { jsonataFunctions } from './jsonata-functions.ts';

/**
 * The seam between the machine and its query language: the rest of the engine sees templates and values only.
 * JSONPath would be a second implementation of `evaluate`, chosen by the state's query language.
 */
export interface Bindings {
  /** `$states`: input, context and, where AWS offers them, result and errorOutput. */
  readonly states: JsonObject;
  readonly variables: Readonly<Record<string, Json>>;
  /** `$now()` and `$millis()`, in milliseconds since the epoch. */
  readonly at: number;
  /** Decides `$random()` and `$uuid()`. */
  readonly seed: string;
}

/** Thrown when an expression has no usable value; the cause is AWS's sentence without its beginning. */
export class EvaluationFailed extends Error {
  readonly location: string | undefined;

  constructor(location: string | undefined, cause: string) {
    super(cause);
    this.location = location;
  }
}

interface Expected {
  readonly array: readonly Json[];
  readonly boolean: boolean;
  readonly number: number;
  readonly object: JsonObject;
  readonly string: string;
}

const expressionIn = (text: string): string | undefined => /^\{%([\s\S]*)%\}$/.exec(text)?.[1]?.trim();

/** The value of a template: every `{% … %}` inside it replaced by what it evaluates to. */
export async function evaluate(template: Json, field: string, bindings: Bindings): Promise<Json> {
  if (typeof template === 'string') {
    const expression = expressionIn(template);
    return expression === undefined ? template : evaluateExpression(expression, field, bindings);
  }
  if (isArray(template)) {
    const values: Json[] = [];
    for (const [i, each] of template.entries()) values.push(await evaluate(each, `${field}[${i}]`, bindings));
    return values;
  }
  if (!isObject(template)) return template;
  const values: Record<string, Json> = {};
  for (const [key, each] of Object.entries(template)) values[key] = await evaluate(each, `${field}/${key}`, bindings);
  return values;
}

/** The value of a template that must have one type. */
export async function evaluateAs<Kind extends keyof Expected>(
  kind: Kind,
  template: Json,
  field: string,
  bindings: Bindings,
): Promise<Expected[Kind]> {
  const value = await evaluate(template, field, bindings);
  if (typeName(value) === kind) return value as Expected[Kind];
  const expression = typeof template === 'string' ? (expressionIn(template) ?? template) : JSON.stringify(template);
  throw unexpectedType(expression, field, kind, value);
}

/** What is wrong with the syntax of the expressions in a template, with the place inside it. */
export function syntaxProblems(template: Json, path: string): readonly string[] {
  if (isArray(template)) return template.flatMap((each, i) => syntaxProblems(each, `${path}[${i}]`));
  if (isObject(template))
    return Object.entries(template).flatMap(([key, each]) => syntaxProblems(each, `${path}.${key}`));
  const expression = typeof template === 'string' ? expressionIn(template) : undefined;
  if (expression === undefined) return [];
  try {
    compile(expression);
    return [];
  } catch (error) {
    return [`${path}: not a JSONata expression: ${describe(error)}`];
  }
}

export const isExpression = (value: Json): value is string =>
  typeof value === 'string' && expressionIn(value) !== undefined;

async function evaluateExpression(expression: string, field: string, bindings: Bindings): Promise<Json> {
  const { at, seed, states, variables } = bindings;
  const now = (picture?: string, timezone?: string): Promise<unknown> =>
    compile('$fromMillis($at, $picture, $timezone)').evaluate(undefined, { at, picture, timezone });
  const functions = { ...jsonataFunctions(at, `${seed}/${field}`), now };
  let value: unknown;
  try {
    value = await compile(expression).evaluate(undefined, { ...functions, ...variables, states });
  } catch (error) {
    throw new EvaluationFailed(
      field,
      `${naming(expression, field)} threw an error during evaluation. ${describe(error)}`,
    );
  }
  if (value === undefined)
    throw new EvaluationFailed(field, `${naming(expression, field)} returned nothing (undefined).`);
  return asJson(value, expression, field);
}

/** JSONata's own arrays carry hidden marks, and a function is a value to it: only plain JSON leaves this module. */
function asJson(value: unknown, expression: string, field: string): Json {
  if (isFunction(value)) throw new EvaluationFailed(field, `${naming(expression, field)} returned a function.`);
  return JSON.parse(JSON.stringify(value, (_, each: unknown) => (isFunction(each) ? undefined : each))) as Json;
}

const isFunction = (value: unknown): boolean =>
  typeof value === 'function' ||
  (typeof value === 'object' && value !== null && ('_jsonata_function' in value || '_jsonata_lambda' in value));

const naming = (expression: string, field: string): string =>
  `The JSONata expression '${expression}' specified for the field '${field}'`;

const unexpectedType = (expression: string, field: string, expected: string, value: Json): EvaluationFailed =>
  new EvaluationFailed(
    field,
    `${naming(expression, field)} returned an unexpected result type. Expected '${expected}', but was ` +
      `'${typeName(value)}' for value: ${JSON.stringify(value)}`,
  );

function describe(error: unknown): string {
  if (typeof error !== 'object' || error === null) return String(error);
  const { code, message } = error as { readonly code?: string; readonly message?: string };
  return [code, message].filter(Boolean).join(': ');
}

const compiled = new Map<string, jsonata.Expression>();

/** Compiling depends on the text alone, so each text is compiled once. */
function compile(expression: string): jsonata.Expression {
  const known = compiled.get(expression) ?? jsonata(expression);
  compiled.set(expression, known);
  return known;
}
