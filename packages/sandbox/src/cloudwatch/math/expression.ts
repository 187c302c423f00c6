/** A metric math expression (CloudWatch User Guide, "Math expressions with metrics"). */
export type Expression =
  | { readonly kind: 'number'; readonly value: number }
  | { readonly kind: 'text'; readonly value: string }
  /** A metric, or another expression. */
  | { readonly kind: 'id'; readonly id: string }
  /** A word that a function takes, such as `REPEAT`. */
  | { readonly kind: 'word'; readonly word: string }
  | { readonly kind: 'list'; readonly items: readonly Expression[] }
  | { readonly kind: 'negative'; readonly of: Expression }
  | {
      readonly kind: 'operation';
      readonly operator: Operator;
      readonly left: Expression;
      readonly right: Expression;
    }
  | { readonly kind: 'call'; readonly name: string; readonly given: readonly Expression[] };

/** Operators, each row binding tighter than the one before it. */
export const operators = [
  ['OR', '||'],
  ['AND', '&&'],
  ['==', '!=', '<=', '>=', '<', '>'],
  ['+', '-'],
  ['*', '/'],
  ['^'],
] as const;

export type Operator = (typeof operators)[number][number];

/** An expression that CloudWatch would not take, or that the sandbox cannot evaluate. */
export class ExpressionError extends Error {
  override readonly name = 'ExpressionError';
}
