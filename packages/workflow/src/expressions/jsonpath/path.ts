import { type Filter, parseFilter } from './filter.ts';
import { PathSyntaxError, syntaxProblem } from './path-syntax-error.ts';
import { NAME, namesIn, QUOTED } from './path-names.ts';

/** One step that selects at most one value; several names select an object of them. */
export type Step = string | number | readonly string[];

/** One step that selects any number of values. */
export type Selector =
  | { readonly kind: 'all' }
  | { readonly kind: 'names'; readonly names: readonly string[] }
  | { readonly kind: 'indexes'; readonly indexes: readonly number[] }
  | { readonly kind: 'slice'; readonly first?: number; readonly end?: number; readonly step: number }
  | { readonly kind: 'filter'; readonly test: Filter }
  /** `..`: the values on every level below. */
  | { readonly kind: 'deep' };

/** A path of the subset of JSONPath that Step Functions takes, ready to be resolved. */
export interface Path {
  readonly text: string;
  /** `input` for `$`, `context` for `$$`, otherwise the name of a variable. */
  readonly root: { readonly states: 'input' | 'context' } | { readonly variable: string };
  readonly steps: readonly Step[];
  /** From the first step that may select many values; absent in a definite path. */
  readonly many?: readonly Selector[];
}

/** A dot before a bracket says nothing: deployed definitions have `$.[0]` and `$.a.['b']`. */
const STEP = new RegExp(
  [
    String.raw`(?<deep>\.\.)(?:(?<deepName>${NAME})|(?<deepAll>\*)|(?=\[))`,
    String.raw`\.(?:(?<name>${NAME})|(?<all>\*))`,
    String.raw`\.?\[\s*(?:(?<quoted>(?:${QUOTED})(?:\s*,\s*(?:${QUOTED}))*)|(?<indexes>-?\d+(?:\s*,\s*-?\d+)*)` +
      String.raw`|(?<slice>-?\d*:-?\d*(?::\d*)?)|(?<every>\*)|\?\s*\((?<filter>(?:${QUOTED}|[^'"])*?)\))\s*\]`,
  ].join('|'),
  'y',
);

/** Not a quota of AWS. */
const MAX_STEPS = 500;

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
    return parse(text.trimEnd());
  } catch (error) {
    if (error instanceof PathSyntaxError) return error;
    throw error;
  }
}

function parse(text: string): Path {
  const root = /^\$(\$|[\p{ID_Start}_]\p{ID_Continue}*)?(?=[.[]|$)/u.exec(text);
  if (!root) throw new PathSyntaxError(`must start with $, $$ or $ and the name of a variable`);
  const selectors: Selector[] = [];
  for (let at = root[0].length; at < text.length; at = STEP.lastIndex) {
    STEP.lastIndex = at;
    const match = STEP.exec(text);
    if (!match?.groups) throw new PathSyntaxError(whyNot(text.slice(at)));
    selectors.push(...selectorsOf(match.groups));
    if (selectors.length > MAX_STEPS) {
      throw new PathSyntaxError(`more than ${MAX_STEPS} steps are not supported by the sandbox`);
    }
  }
  return { text, root: rootOf(root[1]), ...split(selectors) };
}

/** The steps of one value each, and the rest. Several names select one object at the end, elsewhere many values. */
function split(selectors: readonly Selector[]): Pick<Path, 'steps' | 'many'> {
  const last = selectors.length - 1;
  const from = selectors.findIndex((selector, i) => stepOf(selector, i === last) === undefined);
  const single = from < 0 ? selectors : selectors.slice(0, from);
  const steps = single.map((selector) => stepOf(selector, true) ?? []);
  return from < 0 ? { steps } : { steps, many: selectors.slice(from) };
}

function stepOf(selector: Selector, isLast: boolean): Step | undefined {
  if (selector.kind === 'names') {
    const [name, ...others] = selector.names;
    return others.length === 0 ? name : isLast ? selector.names : undefined;
  }
  if (selector.kind !== 'indexes') return undefined;
  return selector.indexes.length === 1 ? selector.indexes[0] : undefined;
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

function selectorsOf(groups: Groups): readonly Selector[] {
  const { deep, deepName, deepAll, name } = groups;
  if (deepName !== undefined) return [{ kind: 'deep' }, { kind: 'names', names: [deepName] }];
  if (deepAll !== undefined) return [{ kind: 'deep' }, { kind: 'all' }];
  if (deep !== undefined) return [{ kind: 'deep' }];
  return [name === undefined ? inBrackets(groups) : { kind: 'names', names: [name] }];
}

function inBrackets({ indexes, slice, filter, quoted }: Groups): Selector {
  if (quoted !== undefined) return { kind: 'names', names: namesIn(quoted) };
  if (indexes !== undefined) return { kind: 'indexes', indexes: indexes.split(',').map(Number) };
  if (filter !== undefined) return { kind: 'filter', test: parseFilter(filter) };
  return slice === undefined ? { kind: 'all' } : sliceOf(slice);
}

function sliceOf(text: string): Selector {
  const [first, end, step = 1] = text.split(':').map((each) => (each === '' ? undefined : Number(each)));
  return { kind: 'slice', first, end, step: step || 1 };
}
