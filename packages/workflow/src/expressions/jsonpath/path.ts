import { filterText } from './filter.ts';
import { PathSyntaxError, syntaxProblem } from './path-syntax-error.ts';

/** One step that selects at most one value; several names select an object of them. */
export type Step = string | number | readonly string[];

/** A path of the subset of JSONPath that Step Functions takes, ready to be resolved. */
export interface Path {
  readonly text: string;
  /** `input` for `$`, `context` for `$$`, otherwise the name of a variable. */
  readonly root: { readonly states: 'input' | 'context' } | { readonly variable: string };
  readonly steps: readonly Step[];
  /** From the first step that may select many values, in the words of jsonpath-plus; absent in a definite path. */
  readonly many?: string;
}

const NAME = String.raw`[^\s.,*[\]()'"]+`;
const QUOTED = String.raw`'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*"`;
const STEP = new RegExp(
  [
    String.raw`(?<deep>\.\.)(?:(?<deepName>${NAME})|(?<deepAll>\*)|(?=\[))`,
    String.raw`\.(?:(?<name>${NAME})|(?<all>\*))`,
    String.raw`\[\s*(?:(?<quoted>(?:${QUOTED})(?:\s*,\s*(?:${QUOTED}))*)|(?<index>-?\d+)|(?<indexes>\d+(?:\s*,\s*\d+)+)` +
      String.raw`|(?<slice>-?\d*:-?\d*(?::\d*)?)|(?<every>\*)|\?\((?<filter>(?:${QUOTED}|[^'"])*?)\))\s*\]`,
  ].join('|'),
  'y',
);

/** Not quotas of AWS: longer searches take time that grows without bounds. */
const MAX_DESCENTS = 2;
const MAX_LENGTH = 1000;

const known = new Map<string, Path | PathSyntaxError>();

/** Reads a path; each text is read once. Throws a PathSyntaxError. */
export function parsePath(text: string): Path {
  const path = known.get(text) ?? tryToParse(text);
  known.set(text, path);
  if (path instanceof PathSyntaxError) throw path;
  return path;
}

/** Problem in the text of a path, or undefined. */
export const pathProblem = (text: string): string | undefined => syntaxProblem(() => parsePath(text));

/** True if a path always selects exactly one value, by names and nonnegative indexes alone. */
export const isReference = ({ many, steps }: Path): boolean =>
  many === undefined && steps.every((step) => typeof step === 'string' || (typeof step === 'number' && step >= 0));

function tryToParse(text: string): Path | PathSyntaxError {
  try {
    return parse(text);
  } catch (error) {
    if (error instanceof PathSyntaxError) return error;
    throw error;
  }
}

function parse(text: string): Path {
  const root = /^\$(\$|[\p{L}_][\p{L}\p{N}_]*)?(?=[.[]|$)/u.exec(text);
  if (!root) throw new PathSyntaxError(`must start with $, $$ or $ and the name of a variable`);
  const steps: Step[] = [];
  let many = '';
  for (let at = root[0].length; at < text.length; at = STEP.lastIndex) {
    STEP.lastIndex = at;
    const match = STEP.exec(text);
    if (!match?.groups) throw new PathSyntaxError(whyNot(text.slice(at)));
    const step = many === '' ? singleStep(match.groups) : undefined;
    if (step === undefined) many += manyStep(match.groups);
    else steps.push(step);
  }
  const followed = many === '' ? steps.slice(0, -1) : steps;
  if (followed.some((step) => typeof step === 'object')) {
    throw new PathSyntaxError('several names in brackets can only stand at the end of a path');
  }
  if (many.split('..').length > MAX_DESCENTS + 1 || many.length > MAX_LENGTH) {
    throw new PathSyntaxError(
      `more than ${MAX_DESCENTS} times ".." or ${MAX_LENGTH} characters are not supported by the sandbox`,
    );
  }
  return { text, root: rootOf(root[1]), steps, ...(many !== '' && { many }) };
}

function rootOf(sigil: string | undefined): Path['root'] {
  if (sigil === undefined) return { states: 'input' };
  return sigil === '$' ? { states: 'context' } : { variable: sigil };
}

const whyNot = (rest: string): string =>
  /^\.?[^.[]*\(/.test(rest)
    ? `functions of JSONPath are not supported by the sandbox yet (got "${rest}")`
    : `cannot be read from "${rest}" on`;

type Groups = Readonly<Record<string, string | undefined>>;

function singleStep({ name, index, quoted, deep }: Groups): Step | undefined {
  if (deep !== undefined) return undefined;
  if (name !== undefined) return name;
  if (index !== undefined) return Number(index);
  if (quoted === undefined) return undefined;
  const names = namesIn(quoted);
  return names.length === 1 ? names[0] : names;
}

const namesIn = (quoted: string): readonly string[] =>
  [...quoted.matchAll(new RegExp(QUOTED, 'g'))].map(([each]) => each.slice(1, -1).replace(/\\(.)/g, '$1'));

/** A step as jsonpath-plus reads it: names are quoted and marked with a backtick, so that none has a meaning of its own. */
function manyStep(groups: Groups): string {
  const { deep, deepName, deepAll, name, all, every, index, indexes, slice, filter, quoted } = groups;
  if (deepName !== undefined) return `..${literal(deepName)}`;
  if (deepAll !== undefined) return '..[*]';
  if (deep !== undefined) return '..';
  if (name !== undefined) return literal(name);
  if (all !== undefined || every !== undefined) return '[*]';
  if (index !== undefined)
    return Number(index) < 0 ? `[${index}:${index === '-1' ? '' : Number(index) + 1}]` : `[${index}]`;
  if (indexes !== undefined) return `[${indexes.replace(/\s/g, '')}]`;
  if (slice !== undefined) return `[${slice}]`;
  if (filter !== undefined) return `[?(${filterText(filter)})]`;
  const names = namesIn(quoted ?? '');
  if (names.length > 1) throw new PathSyntaxError('several names in brackets after a step that selects many values');
  return names.map(literal).join('');
}

function literal(name: string): string {
  if (/^[\p{L}\p{N}_ $:/.-]+$/u.test(name)) return `['\`${name}']`;
  throw new PathSyntaxError(
    `the name "${name}" after a step that selects many values is not supported by the sandbox yet`,
  );
}
