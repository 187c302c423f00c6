import { isDeepStrictEqual } from 'node:util';
import { isArray, isObject } from '@crosswind/aws/json';
import type { Json } from '@crosswind/aws/json';
import { NAME, namesIn, QUOTED } from './path-names.ts';
import { PathSyntaxError } from './path-syntax-error.ts';

/** True if the condition of `[?( … )]` holds for a value, which is `@`. `root` is what the whole path starts from. */
export type Filter = (value: Json, root: Json) => boolean;

/** The value of an operand; undefined if its path selects nothing. */
type Operand = (value: Json, root: Json) => Json | undefined;

const KINDS = ['path', 'literal', 'word', 'compare', 'join', 'not', 'open', 'close'] as const;

interface Token {
  readonly kind: (typeof KINDS)[number];
  readonly text: string;
  readonly at: number;
}

const PATH_NAME = NAME.replace(String.raw`[^\s`, String.raw`[^\s@$=!<>&|`);

const TOKEN = new RegExp(
  [
    String.raw`(?<path>[@$](?:\.${PATH_NAME}|\.?\[(?:${QUOTED}|\d+)\])*)`,
    String.raw`(?<literal>${QUOTED}|-?\d+(?:\.\d+)?(?![\w.])|\b(?:true|false|null)\b)`,
    String.raw`(?<word>[\p{L}\p{N}_][\p{L}\p{N}_-]*)`,
    '(?<compare>==|!=|<=|>=|<|>)',
    String.raw`(?<join>&&|\|\|)`,
    '(?<not>!)',
    String.raw`(?<open>\()`,
    String.raw`(?<close>\))`,
  ].join('|'),
  'uy',
);

/** Deeper conditions are not read. */
const MAX_DEPTH = 20;

/** Reads comparisons without conversion of types; a path that stands alone asks whether it is there. */
export const parseFilter = (condition: string): Filter => new Reader(condition).whole();

class Reader {
  private readonly condition: string;
  private readonly tokens: readonly Token[];
  private at = 0;

  constructor(condition: string) {
    this.condition = condition;
    this.tokens = tokensOf(condition);
  }

  whole(): Filter {
    if (this.tokens.length === 0) throw new PathSyntaxError('a filter needs a condition');
    const filter = this.either(0);
    if (this.at < this.tokens.length) throw this.unexpected();
    return filter;
  }

  private either(depth: number): Filter {
    const filters = [this.both(depth)];
    while (this.take('join', '||') !== undefined) filters.push(this.both(depth));
    return (value, root) => filters.some((filter) => filter(value, root));
  }

  private both(depth: number): Filter {
    const filters = [this.single(depth)];
    while (this.take('join', '&&') !== undefined) filters.push(this.single(depth));
    return (value, root) => filters.every((filter) => filter(value, root));
  }

  private single(depth: number): Filter {
    if (depth > MAX_DEPTH) throw this.unexpected();
    if (this.take('not') !== undefined) {
      const filter = this.single(depth + 1);
      return (value, root) => !filter(value, root);
    }
    if (this.take('open') === undefined) return this.comparison();
    const inner = this.either(depth + 1);
    if (this.take('close') === undefined) throw this.unexpected();
    return inner;
  }

  private comparison(): Filter {
    const path = this.take('path');
    const left = path === undefined ? this.literal() : operandOf(path);
    const compare = left && COMPARISONS.get(this.take('compare') ?? '');
    if (path !== undefined && left && compare === undefined) return (value, root) => left(value, root) !== undefined;
    const right = compare && this.operand();
    if (!left || !compare || !right) throw this.unexpected();
    return (value, root) => compare(left(value, root), right(value, root));
  }

  private operand(): Operand | undefined {
    const path = this.take('path');
    return path === undefined ? this.literal() : operandOf(path);
  }

  /** A word without quotation marks is a text: deployed definitions have `[?(@.language==es)]`. */
  private literal(): Operand | undefined {
    const literal = this.take('literal');
    const value = literal === undefined ? this.take('word') : valueOf(literal);
    return value === undefined ? undefined : () => value;
  }

  private take(kind: Token['kind'], text?: string): string | undefined {
    const token = this.tokens[this.at];
    if (token?.kind !== kind || (text !== undefined && token.text !== text)) return undefined;
    this.at++;
    return token.text;
  }

  private unexpected(): PathSyntaxError {
    return notSupported(this.condition.slice(this.tokens[this.at]?.at ?? this.condition.length));
  }
}

const notSupported = (rest: string): PathSyntaxError =>
  new PathSyntaxError(`the filter is not supported by the sandbox yet from "${rest}" on`);

const ORDERS: Readonly<Record<string, (order: number) => boolean>> = {
  '<': (order) => order < 0,
  '<=': (order) => order <= 0,
  '>': (order) => order > 0,
  '>=': (order) => order >= 0,
};

type Comparison = (left: Json | undefined, right: Json | undefined) => boolean;

const COMPARISONS: ReadonlyMap<string, Comparison> = new Map<string, Comparison>([
  ['==', isDeepStrictEqual],
  ['!=', (left, right) => !isDeepStrictEqual(left, right)],
  ...Object.entries(ORDERS).map(([name, holds]): [string, Comparison] => [
    name,
    (left, right) => isOrdered(left) && typeof left === typeof right && holds(orderOf(left, right as typeof left)),
  ]),
]);

const isOrdered = (value: Json | undefined): value is number | string =>
  typeof value === 'number' || typeof value === 'string';

const orderOf = (a: number | string, b: number | string): number => (a < b ? -1 : a > b ? 1 : 0);

const valueOf = (literal: string): string | number | boolean | null =>
  /^['"]/.test(literal)
    ? literal.slice(1, -1).replace(/\\(.)/gsu, '$1')
    : (JSON.parse(literal) as number | boolean | null);

const OPERAND_STEP = new RegExp(String.raw`\.(?<name>${PATH_NAME})|\[(?:(?<quoted>${QUOTED})|(?<index>\d+))\]`, 'gu');

function operandOf(path: string): Operand {
  const steps = [...path.matchAll(OPERAND_STEP)].map(({ groups = {} }) => {
    const { name, quoted, index }: Readonly<Record<string, string | undefined>> = groups;
    return index === undefined ? (name ?? namesIn(quoted ?? '')[0] ?? '') : Number(index);
  });
  const isOfRoot = path.startsWith('$');
  return (value, root) => steps.reduce(inside, isOfRoot ? root : value);
}

function inside(value: Json | undefined, step: string | number): Json | undefined {
  if (typeof step === 'number') return isArray(value) ? value[step] : undefined;
  return isObject(value) && Object.hasOwn(value, step) ? value[step] : undefined;
}

function tokensOf(condition: string): readonly Token[] {
  const tokens: Token[] = [];
  for (let at = skipSpace(condition, 0); at < condition.length; at = skipSpace(condition, TOKEN.lastIndex)) {
    TOKEN.lastIndex = at;
    const match = TOKEN.exec(condition);
    if (!match?.groups) throw notSupported(condition.slice(at));
    const groups: Readonly<Record<string, string | undefined>> = match.groups;
    const kind = KINDS.find((each) => groups[each] !== undefined);
    if (kind) tokens.push({ kind, text: match[0], at });
  }
  return tokens;
}

function skipSpace(text: string, from: number): number {
  let at = from;
  while (/\s/.test(text.charAt(at))) at++;
  return at;
}
