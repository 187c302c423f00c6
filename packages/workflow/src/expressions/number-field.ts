import { evaluateAs } from './expressions.ts';
import type { Json } from '@crosswind/aws/json';
import { parsePath } from './jsonpath/path.ts';
import { pathValue } from './jsonpath/resolve.ts';
import { EvaluationFailed, PathFailed } from './query.ts';
import type { Bindings } from './query.ts';

type Bounds = readonly [min: number, max: number];

/** A number under its name, or in JSONPath a path to it under the name with `Path` behind it. */
type Numbered<Field extends string> = Readonly<Partial<Record<Field, Json> & Record<`${Field}Path`, string>>>;

/** The value of a field that takes a whole number within bounds; undefined when the field is absent. */
export async function integerField<Field extends string>(
  holder: Numbered<Field>,
  field: Field,
  bindings: Bindings,
  bounds: Bounds,
  place = '',
): Promise<number | undefined> {
  const path = pathIn(holder, field);
  if (path !== undefined) return integerAt(path, `${field}Path`, bindings, bounds);
  const template = holder[field];
  if (template === undefined) return undefined;
  const value = await evaluateAs('number', template, `${place}${field}`, bindings);
  if (Number.isInteger(value) && value >= bounds[0] && value <= bounds[1]) return value;
  const cause = `The ${place}${field} field must be an integer from ${bounds[0]} to ${bounds[1]} but was: ${value}`;
  throw new EvaluationFailed(`${place}${field}`, cause);
}

const pathIn = <Field extends string>(holder: Numbered<Field>, field: Field): string | undefined =>
  (holder as Readonly<Record<string, string | undefined>>)[`${field}Path`];

function integerAt(path: string, field: string, bindings: Bindings, [min, max]: Bounds): number {
  const value = numberAt(path, field, bindings);
  if (typeof value === 'number' && Number.isInteger(value)) {
    if (value >= min && value <= max) return value;
    throw new PathFailed(`The ${field} field refers to value "${value}" which is not from ${min} to ${max}: ${path}`);
  }
  throw new PathFailed(`The ${field} field refers to value "${asText(value)}" which is not a valid integer: ${path}`);
}

/** The value at a path. In a variable, and in `MaxItemsPath`, a text of digits is the number, as recorded. */
function numberAt(path: string, field: string, bindings: Bindings): Json {
  const value = pathValue(path, bindings);
  const readsText = field === 'MaxItemsPath' || 'variable' in parsePath(path).root;
  return readsText && typeof value === 'string' && NUMBER.test(value) ? Number(value) : value;
}

/** Texts that the number of Java reads and JSON has no other spelling for. */
const NUMBER = /^[+-]?\d{1,15}(\.\d{1,15})?$/;

/** The value of a field that takes a share of a hundred; undefined when the field is absent. */
export async function percentageField<Field extends string>(
  holder: Numbered<Field>,
  field: Field,
  bindings: Bindings,
): Promise<number | undefined> {
  const path = pathIn(holder, field);
  const template = holder[field];
  if (path === undefined && template === undefined) return undefined;
  const value =
    path === undefined ? await evaluateAs('number', template ?? null, field, bindings) : floatAt(path, field, bindings);
  if (value >= 0 && value <= 100) return value;
  const cause = `${field} must be between 0 and 100.`;
  throw bindings.language === 'JSONata' ? new EvaluationFailed(field, cause) : new PathFailed(cause);
}

function floatAt(path: string, field: string, bindings: Bindings): number {
  const value = numberAt(path, `${field}Path`, bindings);
  if (typeof value === 'number') return value;
  throw new PathFailed(`The ${field}Path field refers to value "${asText(value)}" which is not a valid float: ${path}`);
}

/** A value as the messages of AWS quote it: a string without its quotes. */
export const asText = (value: Json): string => (typeof value === 'string' ? value : JSON.stringify(value));
