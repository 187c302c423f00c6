import { isArray, isObject } from '@crosswind/aws/json';
import type { Json, JsonObject } from '@crosswind/aws/json';
import { isExpression, syntaxProblems } from '../expressions/jsonata.ts';
import { parseTimestamp } from '../timestamp.ts';

/** Finds the problems of a value, each with its path: `States.Import.Retry[0].MaxAttempts: must be …`. */
export type Check = (value: Json, path: string) => readonly string[];

export type Fields = Readonly<Record<string, Check>>;

/** How a problem quotes a value. */
export function show(value: Json): string {
  const text = JSON.stringify(value);
  return text.length > 60 ? `${text.slice(0, 57)}…` : text;
}

export const within = (path: string, field: string): string => (path === '' ? field : `${path}.${field}`);

const must =
  (be: string, isIt: (value: Json) => boolean): Check =>
  (value, path) =>
    isIt(value) ? [] : [`${path}: must be ${be}, got ${show(value)}`];

export const text = must('a text', (value) => typeof value === 'string');
export const flag = must('true or false', (value) => typeof value === 'boolean');
export const anyNumber = must('a number', (value) => typeof value === 'number');
export const yes = must('true', (value) => value === true);

export const oneOf = (...words: readonly string[]): Check =>
  must(words.map((each) => `"${each}"`).join(' or '), (value) => typeof value === 'string' && words.includes(value));

export const matching = (pattern: RegExp, be: string): Check =>
  must(be, (value) => typeof value === 'string' && pattern.test(value));

export const number = (min: number, max = Infinity): Check =>
  must(`a number ${bounds(min, max)}`, (value) => typeof value === 'number' && value >= min && value <= max);

export const integer = (min: number, max = Infinity): Check =>
  must(
    `an integer ${bounds(min, max)}`,
    (value) => typeof value === 'number' && Number.isInteger(value) && value >= min && value <= max,
  );

const bounds = (min: number, max: number): string => (max < Infinity ? `from ${min} to ${max}` : `of at least ${min}`);

export const anything: Check = () => [];

/** Any JSON, in which every expression must be well formed. */
export const template: Check = syntaxProblems;

/** An object of any fields, in which every expression must be well formed. */
export const templateObject: Check = (value, path) =>
  isObject(value) ? template(value, path) : [`${path}: must be an object, got ${show(value)}`];

/** Either an expression, or a plain value that passes the check. */
export const orExpression =
  (check: Check): Check =>
  (value, path) =>
    isExpression(value) ? template(value, path) : check(value, path);

export const timestamp: Check = must(
  'a timestamp like "2026-01-31T12:00:00Z"',
  (value) => typeof value === 'string' && parseTimestamp(value) !== undefined,
);

export const listOf =
  (check: Check, atLeast = 0): Check =>
  (value, path) => {
    if (!isArray(value)) return [`${path}: must be a list, got ${show(value)}`];
    if (value.length < atLeast) return [`${path}: must not be empty`];
    return value.flatMap((each, i) => check(each, `${path}[${i}]`));
  };

/** An object with exactly these fields; those of `required` must be there. */
export const record =
  (required: Fields, optional: Fields = {}): Check =>
  (value, path) => {
    if (!isObject(value)) return [`${path}: must be an object, got ${show(value)}`];
    const missing = Object.keys(required).filter((field) => !(field in value));
    const checks = new Map(Object.entries({ ...optional, ...required }));
    return [
      ...missing.map((field) => `${within(path, field)}: is missing`),
      ...Object.entries(value).flatMap(([field, each]) => (checks.get(field) ?? unknown)(each, within(path, field))),
    ];
  };

const unknown: Check = (value, path) => [`${path}: unknown field (got ${show(value)})`];

/** A field that Step Functions knows and that cannot stand here. */
export const refused =
  (reason: string): Check =>
  (value, path) => [`${path}: ${reason} (got ${show(value)})`];

/** Refused by name: the sandbox never skips what it cannot run. */
export const unsupported = refused('is not supported by the sandbox yet');

export const allOf =
  (...checks: readonly Check[]): Check =>
  (value, path) =>
    checks.flatMap((check) => check(value, path));

/** A rule about several fields of one object. */
export const rule =
  (isKept: (value: JsonObject) => boolean, problem: string): Check =>
  (value, path) =>
    isObject(value) && !isKept(value) ? [`${path}: ${problem}`] : [];
