import type { z } from 'zod';
import { nearest } from './nearest.ts';

/** Name of each type, and how to write it. */
const types: Readonly<Record<string, string>> = {
  string: 'text; write it as text, in quotes where it looks like a number',
  number: 'a number; write it without quotes',
  int: 'a whole number; write it without quotes or fraction',
  boolean: 'true or false; write one of them, without quotes',
  array: 'a list; write its entries with a hyphen each, or in [ ]',
  object: 'a mapping; write its keys below it, indented',
  record: 'a mapping; write its keys below it, indented',
};

/** Expected value, as `what is expected; the fix`, for a schema without a message of its own. */
export function expectation(issue: z.core.$ZodRawIssue): string {
  if (issue.code === 'invalid_type') return types[issue.expected] ?? `${issue.expected}; write such a value`;
  if (issue.code === 'invalid_value') return oneOf(issue.values.map(String), issue.input);
  if (issue.code === 'too_big') return `at most ${issue.maximum}; lower it`;
  if (issue.code === 'too_small') return `at least ${issue.minimum}; raise it`;
  if (issue.code === 'invalid_union') return chosenOf(issue);
  return 'a value that the schema allows; see platform.schema.json';
}

/** Expected values of the discriminator of a union. */
function chosenOf({ options, input, discriminator }: z.core.$ZodRawIssue<z.core.$ZodIssueInvalidUnion>): string {
  const named = (input as Readonly<Record<string, unknown>> | undefined)?.[String(discriminator)];
  return oneOf(
    (options as readonly unknown[] | undefined)?.map(String) ?? [],
    named,
    'choose one of them, or remove it with `npx crosswind tenant remove`',
  );
}

function oneOf(values: readonly string[], input: unknown, otherwise = 'choose one of them'): string {
  const meant = typeof input === 'string' ? nearest(input, values) : undefined;
  const choices = values.length === 1 ? values[0] : `one of ${values.join(', ')}`;
  return `${choices}; ${meant === undefined ? otherwise : `did you mean "${meant}"?`}`;
}

/** Describes the problem of a value that is present. */
export function wrongness(issue: z.core.$ZodIssue): string {
  if (issue.code === 'invalid_type') return 'has the wrong type';
  if (issue.code === 'too_small') return issue.origin === 'array' ? 'has too few entries' : 'is too small';
  if (issue.code === 'too_big') return issue.origin === 'array' ? 'has too many entries' : 'is too large';
  return issue.code === 'invalid_value' ? 'is none of the choices' : 'has the wrong form';
}
