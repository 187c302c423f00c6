import { isArray, isObject } from '@crosswind/aws/json';
import type { Json } from '@crosswind/aws/json';
import { PathFailed } from '../query.ts';
import type { Bindings } from '../query.ts';
import { callIntrinsic } from './intrinsics/call.ts';
import { intrinsicProblem } from './intrinsics/parse.ts';
import { pathProblem } from './path.ts';
import { resolve } from './resolve.ts';

/**
 * A payload template with its values: a field whose name ends in `.$` holds a path or an intrinsic function.
 * https://docs.aws.amazon.com/step-functions/latest/dg/input-output-inputpath-params.html
 */
export function fillTemplate(template: Json, field: string, bindings: Bindings): Json {
  if (isArray(template)) return template.map((each, i) => fillTemplate(each, `${field}[${i}]`, bindings));
  if (!isObject(template)) return template;
  return Object.fromEntries(
    Object.entries(template).map(([key, each]): [string, Json] =>
      isDynamic(key) && typeof each === 'string'
        ? [nameOf(key), dynamicValue(key, each, `${field}/${key}`, bindings)]
        : [key, fillTemplate(each, `${field}/${key}`, bindings)],
    ),
  );
}

const isDynamic = (key: string): boolean => key.endsWith('.$');

/** The name a field of a template has in the payload. */
export const nameOf = (key: string): string => (isDynamic(key) ? key.slice(0, -2) : key);

function dynamicValue(key: string, text: string, field: string, bindings: Bindings): Json {
  if (!text.startsWith('$')) return callIntrinsic(text, field, bindings);
  return presentValue(key, text, bindings);
}

function presentValue(key: string, text: string, bindings: Bindings): Json {
  const resolved = resolve(text, bindings);
  if (resolved.found) return resolved.value;
  const root = text.startsWith('$$') ? bindings.states['context'] : bindings.states['input'];
  throw new PathFailed(
    `The JSONPath '${text}' specified for the field '${key}' could not be found in the input '${JSON.stringify(root)}'`,
  );
}

/** The text that a path or an intrinsic function in `field` gives. */
export function dynamicText(text: string, field: string, bindings: Bindings): string {
  const value = text.startsWith('$') ? presentValue(field, text, bindings) : callIntrinsic(text, field, bindings);
  if (typeof value === 'string') return value;
  throw new PathFailed(`The ${field} field must refer to a string but was: ${JSON.stringify(value)}`);
}

/** Problems of the paths and functions in a template, each with its place in the template. */
export function templateProblems(template: Json, path: string): readonly string[] {
  if (isArray(template)) return template.flatMap((each, i) => templateProblems(each, `${path}[${i}]`));
  if (!isObject(template)) return [];
  return Object.entries(template).flatMap(([key, each]) => {
    const place = `${path}.${key}`;
    return isDynamic(key) ? dynamicProblems(each, place) : templateProblems(each, place);
  });
}

/** Problems of a value that must be a path or an intrinsic function. */
export function dynamicProblems(value: Json, place: string): readonly string[] {
  const problem =
    typeof value !== 'string'
      ? `got ${JSON.stringify(value)}`
      : value.startsWith('$')
        ? pathProblem(value)
        : intrinsicProblem(value);
  return problem === undefined ? [] : [`${place}: must be a JSONPath or an intrinsic function: ${problem}`];
}
