import type { Json } from '@crosswind/aws/json';
import { parseTimestamp } from '../../timestamp.ts';

/** Readers of the values that an operator compares. A value of another type makes it false, never an error. */
const KINDS = {
  Boolean: (value: Json): boolean | undefined => (typeof value === 'boolean' ? value : undefined),
  Numeric: (value: Json): number | undefined => (typeof value === 'number' ? value : undefined),
  String: (value: Json): string | undefined => (typeof value === 'string' ? value : undefined),
  Timestamp: (value: Json): number | undefined => (typeof value === 'string' ? parseTimestamp(value) : undefined),
};

type Kind = keyof typeof KINDS;
type Ordered = boolean | number | string;

const ORDERS: Readonly<Record<string, (a: Ordered, b: Ordered) => boolean>> = {
  Equals: (a, b) => a === b,
  LessThan: (a, b) => a < b,
  LessThanEquals: (a, b) => a <= b,
  GreaterThan: (a, b) => a > b,
  GreaterThanEquals: (a, b) => a >= b,
};

interface ComparisonOperator {
  readonly kind: Kind;
  readonly test: (value: Json, against: Json) => boolean;
}

function operator(kind: Kind, order: string): readonly [name: string, operator: ComparisonOperator] {
  const read = KINDS[kind];
  const test: ComparisonOperator['test'] = (value, against) => {
    const [a, b] = [read(value), read(against)];
    return a !== undefined && b !== undefined && (ORDERS[order]?.(a, b) ?? false);
  };
  return [`${kind}${order}`, { kind, test }];
}

/** Operators that compare with a literal, or under their name with `Path` with the value at a path. */
export const comparisons: ReadonlyMap<string, ComparisonOperator> = new Map([
  operator('Boolean', 'Equals'),
  ...(['Numeric', 'String', 'Timestamp'] as const).flatMap((kind) =>
    Object.keys(ORDERS).map((order) => operator(kind, order)),
  ),
]);

/** Operators that ask what a value is; they compare with true or false. */
export const typeTests: ReadonlyMap<string, (value: Json) => boolean> = new Map([
  ['IsNull', (value: Json) => value === null],
  ['IsBoolean', (value: Json) => typeof value === 'boolean'],
  ['IsNumeric', (value: Json) => typeof value === 'number'],
  ['IsString', (value: Json) => typeof value === 'string'],
  ['IsTimestamp', (value: Json) => KINDS.Timestamp(value) !== undefined],
]);

/** `StringMatches`: `*` stands for any text, `\*` for an asterisk, `\\` for a backslash. */
export function matchesPattern(value: Json, pattern: string): boolean {
  if (typeof value !== 'string') return false;
  const [first = '', ...others] = literalParts(pattern);
  const last = others.pop();
  if (last === undefined) return value === first;
  if (!value.startsWith(first) || !value.endsWith(last)) return false;
  let at = first.length;
  for (const part of others) {
    const found = value.indexOf(part, at);
    if (found < 0) return false;
    at = found + part.length;
  }
  return at <= value.length - last.length;
}

/** Literal text between the asterisks that are not escaped. */
function literalParts(pattern: string): readonly string[] {
  const parts = [''];
  for (const [token] of pattern.matchAll(/\\[*\\]|[^]/g)) {
    if (token === '*') parts.push('');
    else parts.push((parts.pop() ?? '') + token.replace(/^\\(?=.)/, ''));
  }
  return parts;
}
