import type { Contracts } from '../blocks/contract.ts';
import { crossChecks } from './cross-checks.ts';
import { outlineOf } from './outline.ts';
import { type Override, applyOverrides } from './overrides.ts';
import { byPlace, placed } from './parse-yaml.ts';
import { YamlText } from './yaml-text.ts';
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

/** The platform that `text` describes with these workloads, or everything that is wrong with it, each problem with its place. */
export function parsePlatform(text: string, contracts: Contracts, overrides: readonly Override[] = []): ParsedPlatform {
  const source = new YamlText(text);
  const syntaxError = source.syntaxError();
  if (syntaxError) return { ok: false, problems: [syntaxError] };

  const problemAt = (problem: PathProblem): Problem => placed(source, problem);
  const unknownTenants = applyOverrides(source.document, overrides);
  const file: unknown = source.document.toJS();
  const schema = platformSchema(contracts);
  const parsed = schema.safeParse(file, { error: expectation, reportInput: true });
  const problems = [
    ...(parsed.success ? [] : schemaProblems(source, schema, parsed.error.issues)),
    ...crossChecks(outlineOf(file, contracts), (path) => source.placeOf(path).line),
  ].map(problemAt);
  if (parsed.success && unknownTenants.length + problems.length === 0)
    return { ok: true, platform: platformOfFile(parsed.data, contracts), problemAt };
  return { ok: false, problems: [...unknownTenants, ...problems.sort(byPlace)] };
}
