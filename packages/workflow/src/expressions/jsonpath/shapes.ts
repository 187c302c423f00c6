import { isObject } from '@crosswind/aws/json';
import type { Json } from '@crosswind/aws/json';
import { anyNumber, flag, listOf, record, refused, show, text, timestamp, within } from '../../definition/shape.ts';
import type { Check, Fields } from '../../definition/shape.ts';
import { comparisons, typeTests } from './operators.ts';
import { isReference, parsePath, pathProblem } from './path.ts';
import type { Path } from './path.ts';
import { PATH_FIELDS, type PathField, type PathKind } from './path-fields.ts';
import { dynamicProblems, templateProblems } from './payload-template.ts';

/** A path, of one value or of many. */
const path: Check = (value, place) => {
  const problem = typeof value === 'string' ? pathProblem(value) : `got ${show(value)}`;
  return problem === undefined ? [] : [`${place}: must be a JSONPath: ${problem}`];
};

const nullable: Check = (value, place) => (value === null ? [] : path(value, place));

/** The check of a field that holds a path, and of comparisons in Choice rules as that of `Variable`. */
export const pathField = (field: PathField): Check => kinds[PATH_FIELDS[field]];

/** AWS's words, with which it refuses the machine. */
const NOT_A_REFERENCE = 'Value is not a Reference Path';

/** A path of one value. */
const reference =
  (isContextToo: boolean): Check =>
  (value, place) => {
    const problems = path(value, place);
    if (problems.length > 0 || typeof value !== 'string') return problems;
    const parsed = parsePath(value);
    const isOfContext = 'states' in parsed.root && parsed.root.states === 'context';
    if (isOfOne(parsed) && (isContextToo || !isOfContext)) return [];
    const roots = isContextToo ? '$, $$ or a variable' : '$ or a variable';
    return [`${place}: ${NOT_A_REFERENCE}: expected ${roots}, then names and indexes, got ${show(value)}`];
  };

const isOfOne = ({ many, steps }: Path): boolean =>
  many === undefined && steps.every((step) => typeof step !== 'object');

/** A path of names and indexes alone, which says where a result goes. */
const resultPath: Check = (value, place) => {
  if (value === null) return [];
  const problems = path(value, place);
  if (problems.length > 0 || typeof value !== 'string') return problems;
  const parsed = parsePath(value);
  const isPlace = isReference(parsed) && 'states' in parsed.root && parsed.root.states === 'input';
  return isPlace ? [] : [`${place}: ${NOT_A_REFERENCE}: expected $, then names and indexes, got ${show(value)}`];
};

export const payloadTemplate: Check = templateProblems;

/** An object whose values are a payload template. */
export const payloadObject: Check = (value, place) =>
  isObject(value) ? templateProblems(value, place) : [`${place}: must be an object, got ${show(value)}`];

/** A path, or an intrinsic function. */
export const pathOrFunction: Check = dynamicProblems;

/** A path of one value, in the context object, too, or an intrinsic function. */
const wordPath: Check = (value, place) => {
  const problems = dynamicProblems(value, place);
  if (problems.length > 0 || typeof value !== 'string' || !value.startsWith('$')) return problems;
  return isOfOne(parsePath(value)) ? [] : [`${place}: must be a path of one value, got ${show(value)}`];
};

const kinds: Readonly<Record<PathKind, Check>> = {
  any: nullable,
  place: resultPath,
  reference: reference(false),
  selecting: reference(true),
  word: wordPath,
};

const LITERALS = { Boolean: flag, Numeric: anyNumber, String: text, Timestamp: timestamp };

const operators: Fields = Object.fromEntries([
  ...[...comparisons].flatMap(([name, { kind }]) => [
    [name, LITERALS[kind]] as const,
    [`${name}Path`, pathField('Variable')] as const,
  ]),
  ...[...typeTests.keys(), 'IsPresent'].map((name) => [name, flag] as const),
  ['StringMatches', text] as const,
]);

/** Check of a Choice rule: `And`, `Or`, `Not`, or one operator with a `Variable`. Nested rules have no `Next`. */
export const choiceRule =
  (beside: Fields, required: Fields): Check =>
  (value, place) => {
    const nested = choiceRule({ Comment: text }, {});
    const inner: Fields = { And: listOf(nested, 1), Or: listOf(nested, 1), Not: nested };
    const condition = refused('is for JSONata, but this state uses JSONPath');
    const shape = record(required, {
      ...beside,
      ...inner,
      ...operators,
      Variable: pathField('Variable'),
      Condition: condition,
    });
    return [...shape(value, place), ...oneOperator(value, place)];
  };

function oneOperator(value: Json, place: string): readonly string[] {
  if (!isObject(value)) return [];
  const found = Object.keys(value).filter((field) => field in operators || ['And', 'Or', 'Not'].includes(field));
  if (found.length !== 1)
    return [`${place}: needs exactly one operator, got ${found.length === 0 ? 'none' : found.join(', ')}`];
  const needsVariable = found.some((field) => field in operators);
  if (needsVariable === 'Variable' in value) return [];
  return [
    needsVariable
      ? `${within(place, 'Variable')}: is missing`
      : `${within(place, 'Variable')}: cannot be combined with ${found.join()}`,
  ];
}
