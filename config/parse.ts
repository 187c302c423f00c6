import type { Document } from 'yaml';
import { LineCounter, isNode, isScalar, parseDocument } from 'yaml';
import type { z } from 'zod';
import { crossChecks } from './cross-checks.ts';
import { type Override, applyOverrides } from './overrides.ts';
import type { Problem } from './problem.ts';
import { type Platform, platformSchema } from './schema.ts';

export type ParsedPlatform =
  { readonly ok: true; readonly platform: Platform } | { readonly ok: false; readonly problems: readonly Problem[] };

/** The platform that `text` describes, or everything that is wrong with it, each problem with its place. */
export function parsePlatform(text: string, overrides: readonly Override[] = []): ParsedPlatform {
  const lines = new LineCounter();
  const document = parseDocument(text.replace(/^\uFEFF/, ''), { lineCounter: lines, prettyErrors: false });
  const [syntaxError] = document.errors;
  if (syntaxError)
    return { ok: false, problems: [{ ...position(lines, syntaxError.pos[0]), message: syntaxError.message }] };

  const unknownTenants = applyOverrides(document, overrides);
  const parsed = platformSchema.safeParse(document.toJS());
  const problems = parsed.success
    ? crossChecks(parsed.data).map(({ path, message }) => ({ ...place(document, lines, path), message }))
    : parsed.error.issues.flatMap((issue) => describe(document, lines, issue));
  if (unknownTenants.length > 0 || problems.length > 0)
    return { ok: false, problems: [...unknownTenants, ...problems] };
  return { ok: true, platform: platformSchema.parse(document.toJS()) };
}

function describe(document: Document, lines: LineCounter, issue: z.core.$ZodIssue): readonly Problem[] {
  const path = issue.path.map((step) => (typeof step === 'symbol' ? String(step) : step));
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => ({
      ...place(document, lines, [...path, key]),
      message: `unknown key "${key}" in ${path.length === 0 ? 'the file' : path.join('.')}`,
    }));
  }
  const node = document.getIn(path, true);
  const got = isScalar(node)
    ? (node.source ?? JSON.stringify(node.value))
    : node === undefined
      ? 'nothing'
      : 'a list or mapping';
  return [{ ...place(document, lines, path), message: `${path.join('.')} ${lowerFirst(issue.message)} (got ${got})` }];
}

/** The place of the value at `path`, or of its nearest ancestor that is in the file. */
function place(
  document: Document,
  lines: LineCounter,
  path: readonly (string | number)[],
): Pick<Problem, 'line' | 'column'> {
  for (let depth = path.length; depth >= 0; depth -= 1) {
    const node = depth === 0 ? document.contents : document.getIn(path.slice(0, depth), true);
    if (isNode(node) && node.range) return position(lines, node.range[0]);
  }
  return { line: 1, column: 1 };
}

function position(lines: LineCounter, offset: number): Pick<Problem, 'line' | 'column'> {
  const { line, col } = lines.linePos(offset);
  return { line, column: col };
}

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}
