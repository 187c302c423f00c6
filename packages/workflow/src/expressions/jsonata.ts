import type jsonata from 'jsonata';
import { isArray, isObject } from '@crosswind/aws/json';
import { typeName } from '../json.ts';
import type { Json } from '@crosswind/aws/json';
import { alone } from './aside.ts';
import { compile, describe } from './evaluate-within.ts';
import { evaluateBounded } from './evaluate-bounded.ts';
import { topLevelProblems } from './top-level-references.ts';
import { EvaluationFailed } from './query.ts';
import type { Bindings } from './query.ts';

const expressionIn = (text: string): string | undefined => /^\{%([\s\S]*)%\}$/.exec(text)?.[1]?.trim();

/** The value of a template: every `{% … %}` inside it replaced by what it evaluates to. */
export async function evaluateJsonata(template: Json, field: string, bindings: Bindings): Promise<Json> {
  if (typeof template === 'string') {
    const expression = expressionIn(template);
    return expression === undefined ? template : evaluateExpression(expression, field, bindings);
  }
  if (isArray(template)) {
    const values: Json[] = [];
    for (const [i, each] of template.entries()) values.push(await evaluateJsonata(each, `${field}[${i}]`, bindings));
    return values;
  }
  if (!isObject(template)) return template;
  const values: [string, Json][] = [];
  for (const [key, each] of Object.entries(template))
    values.push([key, await evaluateJsonata(each, `${field}/${key}`, bindings)]);
  return Object.fromEntries(values);
}

/** Syntax problems of the expressions in a template, each with its place in the template. */
export function syntaxProblems(template: Json, path: string): readonly string[] {
  if (isArray(template)) return template.flatMap((each, i) => syntaxProblems(each, `${path}[${i}]`));
  if (isObject(template))
    return Object.entries(template).flatMap(([key, each]) => syntaxProblems(each, `${path}.${key}`));
  if (typeof template !== 'string') return [];
  const expression = expressionIn(template);
  if (expression === undefined) return isHalfAnExpression(template) ? [`${path}: ${HALF}, got ${template}`] : [];
  try {
    return topLevelProblems(compile(expression).ast()).map((problem) => `${path}: ${problem}`);
  } catch (error) {
    return [`${path}: INVALID_JSONATA_EXPRESSION: ${describe(error)}`];
  }
}

/** With blanks around it, an expression is literal text, as recorded. */
const isHalfAnExpression = (text: string): boolean =>
  text.startsWith('{%') !== text.endsWith('%}') && expressionIn(text.trim()) === undefined;

const HALF = 'an expression must begin with {% and end with %}';

/** Which properties of `$states` the expressions of a template name, with the place of each inside it. */
export function statesIn(template: Json, path: string): readonly (readonly [name: string, place: string])[] {
  if (isArray(template)) return template.flatMap((each, i) => statesIn(each, `${path}[${i}]`));
  if (isObject(template)) return Object.entries(template).flatMap(([key, each]) => statesIn(each, `${path}.${key}`));
  const expression = typeof template === 'string' ? expressionIn(template) : undefined;
  return expression === undefined ? [] : namedIn(compile(expression).ast()).map((name) => [name, path] as const);
}

/** `$states.name` is a path whose first step is the variable and whose second is the name. */
function namedIn(node: unknown): readonly string[] {
  if (typeof node !== 'object' || node === null) return [];
  const { type, steps } = node as { readonly type?: string; readonly steps?: readonly jsonata.ExprNode[] };
  const [root, property] = type === 'path' ? (steps ?? []) : [];
  const isStates = root?.type === 'variable' && root.value === 'states' && property?.type === 'name';
  return [...(isStates ? [String(property.value)] : []), ...Object.values(node).flatMap(namedIn)];
}

export const isExpression = (value: Json): value is string =>
  typeof value === 'string' && expressionIn(value) !== undefined;

async function evaluateExpression(expression: string, field: string, bindings: Bindings): Promise<Json> {
  const { at, seed, states, variables, aside = alone } = bindings;
  const evaluation = { expression, states, variables, at, seed: `${seed}/${field}` };
  const evaluated = await evaluateBounded(evaluation, aside);
  if (evaluated.kind === 'value') return evaluated.value;
  const failure =
    evaluated.kind === 'failed' ? evaluated.failure : `threw an error during evaluation. ${exceeding[evaluated.limit]}`;
  throw new EvaluationFailed(field, `${naming(expression, field)} ${failure}`);
}

/** AWS's words for what an expression exceeds. */
const exceeding = {
  time: 'Expression evaluation timeout',
  memory: 'Expression evaluation memory limit exceeded: Check for excessive memory usage',
};

const naming = (expression: string, field: string): string =>
  `The JSONata expression '${expression}' specified for the field '${field}'`;

/** The failure of an expression, or of a plain value, that has another type than its field needs. */
export function unexpectedType(template: Json, field: string, expected: string, value: Json): EvaluationFailed {
  const expression = typeof template === 'string' ? (expressionIn(template) ?? template) : JSON.stringify(template);
  return new EvaluationFailed(
    field,
    `${naming(expression, field)} returned an unexpected result type. Expected '${expected}', but was ` +
      `'${typeName(value)}' for value: ${JSON.stringify(value)}`,
  );
}
