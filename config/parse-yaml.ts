import type { z } from 'zod';
import { YamlText } from './yaml-text.ts';
import type { Path, PathProblem, Problem } from './problem.ts';
import { schemaProblems } from './schema-problems.ts';
import type { Position } from './text-positions.ts';
import { expectation } from './wording.ts';

export type ParsedYaml<Value> =
  | {
      readonly ok: true;
      readonly value: Value;
      readonly placeOf: (path: Path) => Partial<Position>;
    }
  | { readonly ok: false; readonly problems: readonly Problem[] };

/** Parses a YAML text by this schema. Returns the value, or every problem with its place. */
export function parseYaml<Schema extends z.ZodType>(text: string, schema: Schema): ParsedYaml<z.output<Schema>> {
  const source = new YamlText(text);
  const syntaxError = source.syntaxError();
  if (syntaxError) return { ok: false, problems: [syntaxError] };
  const parsed = schema.safeParse(source.document.toJS(), { error: expectation, reportInput: true });
  if (parsed.success) return { ok: true, value: parsed.data, placeOf: (path) => source.placeOf(path) };
  const problems = schemaProblems(source, schema, parsed.error.issues).map((problem) => placed(source, problem));
  return { ok: false, problems: problems.sort(byPlace) };
}

/** The problem with its place in the text, and with what is written there. */
export function placed(source: YamlText, { path, key, got, ...problem }: PathProblem): Problem {
  const place: Partial<Position> = key ? source.keyPlaceOf(path) : source.placeOf(path);
  return { ...place, ...problem, got: got ?? (key ? String(path.at(-1)) : source.written(path)) };
}

/** In the order of the text. */
export const byPlace = (one: Problem, other: Problem): number =>
  (one.line ?? 0) - (other.line ?? 0) || (one.column ?? 0) - (other.column ?? 0);
