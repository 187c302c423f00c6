import { isMap, isScalar } from 'yaml';
import type { z } from 'zod';
import { knownKeys } from './known-keys.ts';
import { listed, nearest } from './nearest.ts';
import type { YamlText } from './yaml-text.ts';
import type { Path, PathProblem } from './problem.ts';
import { twelveDigits } from './schema.ts';
import { wrongness } from './wording.ts';

type Issue = z.core.$ZodIssue;
type UnknownKey = PathProblem & { readonly meant: string | undefined };

/** Problems that the schema finds. A misspelled key is one problem, although the right key is missing as well. */
export function schemaProblems(source: YamlText, schema: z.ZodType, issues: readonly Issue[]): readonly PathProblem[] {
  const unknown = issues.flatMap((issue) => unknownKeys(source, schema, issue));
  const meant = new Set(
    unknown.flatMap(({ path, meant: key }) => (key ? [[...path.slice(0, -1), key].join('.')] : [])),
  );
  const others = issues
    .map(ofDiscriminator)
    .filter(({ code }) => code !== 'unrecognized_keys')
    .filter((issue) => !(isMissing(issue) && meant.has(pathOf(issue).join('.'))))
    .map((issue) => problemOf(source, issue));
  return [...unknown, ...others];
}

/** Reports the value of a union's discriminator as wrong. The schema itself refuses the whole mapping. */
function ofDiscriminator(issue: Issue): Issue {
  if (issue.code !== 'invalid_union' || issue.discriminator === undefined) return issue;
  const input = (issue.input as Readonly<Record<string, unknown>> | undefined)?.[issue.discriminator];
  return { ...issue, code: 'invalid_value', values: [], input };
}

function unknownKeys(source: YamlText, schema: z.ZodType, issue: Issue): readonly UnknownKey[] {
  if (issue.code !== 'unrecognized_keys') return [];
  const parent = pathOf(issue);
  const known = knownKeys(schema, parent, source.document.toJS());
  const present = keysAt(source, parent);
  return issue.keys.map((key) => {
    // A key of `--set` may be meant for one that the file has, whatever that wave of the file has.
    const isInFile = source.keyPlaceOf([...parent, key]).line !== undefined;
    const candidates = isInFile ? known.filter((candidate) => !present.includes(candidate)) : known;
    const meant = nearest(key, candidates);
    return {
      path: [...parent, key],
      key: true,
      meant,
      what: `unknown key "${key}" in ${source.named(parent)}`,
      expected: listed(known),
      fix: meant === undefined ? 'remove it' : `did you mean "${meant}"?`,
    };
  });
}

function problemOf(source: YamlText, issue: Issue): PathProblem {
  const path = pathOf(issue);
  const subject = source.named(path);
  if (issue.code === 'invalid_key') {
    const words = wordsOf(issue.issues[0] ?? issue);
    return { path, key: true, what: `${source.named(path.slice(0, -1))} has a key of the wrong form`, ...words };
  }
  const words = wordsOf(issue);
  if (isMissing(issue)) return { path, got: 'nothing', what: `${subject} is missing`, ...words, fix: 'add it' };
  if (issue.input === null || issue.input === '')
    return { path, what: `${subject} is empty`, ...words, fix: 'fill it in' };
  const digits = source.bareDigits(path);
  if (issue.message === twelveDigits && digits !== undefined) {
    const fix = `write '${digits.padStart(12, '0')}'`;
    return { path, what: `${subject} is not in quotes, and a bare number loses its leading zero`, ...words, fix };
  }
  return { path, what: `${subject} ${wrongness(issue)}`, ...words };
}

const isMissing = ({ code, input }: Issue): boolean => code !== 'invalid_key' && input === undefined;

const pathOf = ({ path }: Issue): Path => path.map((step) => (typeof step === 'symbol' ? String(step) : step));

/** Messages read `what is expected; the fix`. */
function wordsOf({ message }: Pick<Issue, 'message'>): Pick<PathProblem, 'expected' | 'fix'> {
  const end = message.indexOf('; ');
  return end < 0
    ? { expected: message, fix: 'correct it' }
    : { expected: message.slice(0, end), fix: message.slice(end + 2) };
}

function keysAt({ document }: YamlText, path: Path): readonly string[] {
  const node = path.length === 0 ? document.contents : document.getIn(path, true);
  return isMap(node) ? node.items.flatMap(({ key }) => (isScalar(key) ? [String(key.value)] : [])) : [];
}
