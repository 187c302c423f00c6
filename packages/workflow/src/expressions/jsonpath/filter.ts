import { PathSyntaxError } from './path-syntax-error.ts';

const KINDS = ['path', 'literal', 'compare', 'join', 'not', 'open', 'close'] as const;

interface Token {
  readonly kind: (typeof KINDS)[number];
  readonly text: string;
  readonly at: number;
}

const TOKEN = new RegExp(
  [
    String.raw`(?<path>@(?:\.[^\s.,*[\]()'"@=!<>&|]+|\[(?:'[^'\\]*'|"[^"\\]*"|\d+)\])*)`,
    String.raw`(?<literal>'[^'"()[\]\\@]*'|"[^'"()[\]\\@]*"|-?\d+(?:\.\d+)?|\b(?:true|false|null)\b)`,
    '(?<compare>==|!=|<=|>=|<|>)',
    String.raw`(?<join>&&|\|\|)`,
    '(?<not>!)',
    String.raw`(?<open>\()`,
    String.raw`(?<close>\))`,
  ].join('|'),
  'y',
);

/** Deeper conditions are not read. */
const MAX_DEPTH = 20;

/**
 * The condition of `[?( … )]` as jsonpath-plus evaluates it: comparisons without conversion of types, and a path that
 * stands alone asks whether it is there. Only what is read here gets through: no calls, no assignments.
 */
export const filterText = (condition: string): string => new Reader(condition).whole();

class Reader {
  private readonly condition: string;
  private readonly tokens: readonly Token[];
  private at = 0;

  constructor(condition: string) {
    this.condition = condition;
    this.tokens = tokensOf(condition);
  }

  whole(): string {
    if (this.tokens.length === 0) throw new PathSyntaxError('a filter needs a condition');
    const text = this.joined(0);
    if (this.at < this.tokens.length) throw this.unexpected();
    return text;
  }

  /** Reads conditions joined by `&&` and `||`. JavaScript gives `&&` the same precedence, so both are read alike. */
  private joined(depth: number): string {
    let text = this.single(depth);
    for (let join = this.take('join'); join; join = this.take('join')) text += ` ${join} ${this.single(depth)}`;
    return text;
  }

  private single(depth: number): string {
    if (depth > MAX_DEPTH) throw this.unexpected();
    if (this.take('not')) return `!(${this.single(depth + 1)})`;
    if (this.take('open')) {
      const inner = this.joined(depth + 1);
      if (!this.take('close')) throw this.unexpected();
      return `(${inner})`;
    }
    const path = this.take('path');
    const left = path === undefined ? this.take('literal') : operand(path);
    const compare = left === undefined ? undefined : this.take('compare');
    if (path !== undefined && compare === undefined) return `${operand(path)} !== undefined`;
    const right = compare === undefined ? undefined : this.value();
    if (left === undefined || compare === undefined || right === undefined) throw this.unexpected();
    return `${left} ${/^[=!]/.test(compare) ? `${compare}=` : compare} ${right}`;
  }

  private value(): string | undefined {
    const path = this.take('path');
    return path === undefined ? this.take('literal') : operand(path);
  }

  private take(kind: Token['kind']): string | undefined {
    const token = this.tokens[this.at];
    if (token?.kind !== kind) return undefined;
    this.at++;
    return token.text;
  }

  private unexpected(): PathSyntaxError {
    return notSupported(this.condition.slice(this.tokens[this.at]?.at ?? this.condition.length));
  }
}

const notSupported = (rest: string): PathSyntaxError =>
  new PathSyntaxError(`the filter is not supported by the sandbox yet from "${rest}" on`);

/** `@.air-speed` is a name to us and a subtraction to jsonpath-plus. */
const operand = (path: string): string =>
  path.replace(/\.([^\s.,*[\]()'"@=!<>&|]+)/g, (_, name: string) => `['${name}']`);

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
