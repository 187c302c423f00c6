import { crossChecks } from './cross-checks.ts';
import { outlineOf } from './outline.ts';
import { type Override, applyOverrides } from './overrides.ts';
import { PlatformText } from './platform-text.ts';
import type { Position } from './text-positions.ts';
import type { PathProblem, Problem } from './problem.ts';
import { type Platform, platformOfFile, platformSchema } from './schema.ts';
import { schemaProblems } from './schema-problems.ts';
import { expectation } from './wording.ts';

export type ParsedPlatform =
  | {
      readonly ok: true;
      readonly platform: Platform;
      /** Places what is found out later, for example by comparing the platform with AWS. */
      readonly problemAt: (problem: PathProblem) => Problem;
    }
  | { readonly ok: false; readonly problems: readonly Problem[] };

/** The platform that `text` describes, or everything that is wrong with it, each problem with its place. */
export function parsePlatform(text: string, overrides: readonly Override[] = []): ParsedPlatform {
  const source = new PlatformText(text);
  const syntaxError = source.syntaxError();
  if (syntaxError) return { ok: false, problems: [syntaxError] };

  const problemAt = (problem: PathProblem): Problem => placed(source, problem);
  const unknownTenants = applyOverrides(source.document, overrides);
  const file: unknown = source.document.toJS();
  const parsed = platformSchema.safeParse(file, { error: expectation, reportInput: true });
  const problems = [
    ...(parsed.success ? [] : schemaProblems(source, parsed.error.issues)),
    ...crossChecks(outlineOf(file), (path) => source.placeOf(path).line),
  ].map(problemAt);
  if (parsed.success && unknownTenants.length + problems.length === 0)
    return { ok: true, platform: platformOfFile(parsed.data), problemAt };
  return { ok: false, problems: [...unknownTenants, ...problems.sort(byPlace)] };
}

function placed(source: PlatformText, { path, key, got, ...problem }: PathProblem): Problem {
  const place: Partial<Position> = key ? source.keyPlaceOf(path) : source.placeOf(path);
  return { ...place, ...problem, got: got ?? (key ? String(path.at(-1)) : source.written(path)) };
}

const byPlace = (one: Problem, other: Problem): number =>
  (one.line ?? 0) - (other.line ?? 0) || (one.column ?? 0) - (other.column ?? 0);
