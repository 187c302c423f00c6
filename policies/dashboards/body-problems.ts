import type { z } from 'zod';
import type { Json } from '@crosswind/aws/json';
import { dashboardBody } from './body-schema.ts';
import { layoutProblems, placedWidgets } from './layout.ts';

/** Everything that is wrong with the text of a dashboard body, each problem with its place. */
export function bodyProblems(text: string): readonly string[] {
  const body = parsed(text);
  if (body === undefined) return ['its body is no JSON'];
  const { error } = dashboardBody.safeParse(body);
  return error ? error.issues.flatMap((issue) => wordsOf(issue, body)) : layoutProblems(placedWidgets(body));
}

function parsed(text: string): Json | undefined {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return undefined;
  }
}

type Path = readonly PropertyKey[];
type Issue = z.core.$ZodIssue;

function wordsOf(issue: Issue, body: Json): readonly string[] {
  const place = placeOf(issue.path);
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => `${place === '' ? 'the body' : place} has no property "${key}"`);
  }
  if (issue.code === 'invalid_union' && issue.discriminator === undefined) {
    const inner = closest(issue.errors);
    if (inner) return inner.flatMap((each) => wordsOf({ ...each, path: [...issue.path, ...each.path] }, body));
  }
  const value = valueAt(issue.path, body);
  const got = value === undefined ? 'nothing' : JSON.stringify(value).slice(0, 80);
  return [`${place === '' ? 'the body' : place}: expected ${issue.message}, got ${got}`];
}

/** Of the ways in which no part of a union fits, the one that fits deepest: the others are of another kind. */
const closest = (errors: readonly (readonly Issue[])[]): readonly Issue[] | undefined =>
  errors.find((issues) => issues.every(({ path, code }) => path.length > 0 || code === 'unrecognized_keys'));

/** For example `widgets[2].properties.metrics[0]`. */
const placeOf = (path: Path): string =>
  path.reduce<string>(
    (text, part) => (typeof part === 'number' ? `${text}[${part}]` : `${text}${text === '' ? '' : '.'}${String(part)}`),
    '',
  );

const valueAt = (path: Path, body: Json): unknown =>
  path.reduce<unknown>((value, part) => (value as Readonly<Record<PropertyKey, unknown>> | undefined)?.[part], body);
