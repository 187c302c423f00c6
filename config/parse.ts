import type { Document } from 'yaml';
import { LineCounter, isMap, isNode, isScalar, parseDocument } from 'yaml';
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
    ? crossChecks(parsed.data).map(({ path, key, message }) => ({
        ...(key ? keyPlace : place)(document, lines, path),
        message,
      }))
    : parsed.error.issues.flatMap((issue) => describe(document, lines, issue));
  if (unknownTenants.length > 0 || problems.length > 0)
    return { ok: false, problems: [...unknownTenants, ...problems] };
  return { ok: true, platform: platformSchema.parse(document.toJS()) };
}

type Place = Pick<Problem, 'line' | 'column'>;

function describe(document: Document, lines: LineCounter, issue: z.core.$ZodIssue): readonly Problem[] {
  const path = issue.path.map((step) => (typeof step === 'symbol' ? String(step) : step));
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => ({
      ...keyPlace(document, lines, [...path, key]),
      message: `unknown key "${key}" in ${named(path)}`,
    }));
  }
  if (issue.code === 'invalid_key') {
    return issue.issues.map(({ message }) => ({
      ...keyPlace(document, lines, path),
      message: `the key ${named(path)} ${lowerFirst(message)}`,
    }));
  }
  const node = path.length === 0 ? document.contents : document.getIn(path, true);
  const wrong =
    node === undefined
      ? 'is missing'
      : node === null
        ? 'is empty'
        : `${lowerFirst(issue.message)} (got ${shown(node)})`;
  return [{ ...place(document, lines, path), message: `${named(path)} ${wrong}` }];
}

const named = (path: readonly (string | number)[]): string => (path.length === 0 ? 'the file' : path.join('.'));

function shown(node: unknown): string {
  if (!isScalar(node)) return 'a list or mapping';
  const { source = '', value } = node;
  return source === '' ? JSON.stringify(value) : source;
}

/** The place of the value at `path`, or of its nearest ancestor; none for a value that an override has put there. */
function place(document: Document, lines: LineCounter, path: readonly (string | number)[]): Place {
  for (let depth = path.length; depth > 0; depth -= 1) {
    const node = document.getIn(path.slice(0, depth), true);
    if (isNode(node)) return node.range ? position(lines, node.range[0]) : {};
  }
  return { line: 1, column: 1 };
}

/** The place of the last key of `path`, which is where a wrong key is mended. */
function keyPlace(document: Document, lines: LineCounter, path: readonly (string | number)[]): Place {
  const parent = path.length === 1 ? document.contents : document.getIn(path.slice(0, -1), true);
  const pair = isMap(parent) ? parent.items.find(({ key }) => isScalar(key) && key.value === path.at(-1)) : undefined;
  return isScalar(pair?.key) && pair.key.range ? position(lines, pair.key.range[0]) : place(document, lines, path);
}

function position(lines: LineCounter, offset: number): Place {
  const { line, col } = lines.linePos(offset);
  return { line, column: col };
}

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}
