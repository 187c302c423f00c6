import type { Json } from '@crosswind/aws/json';

/** Source of randomness for a function, in addition to its arguments. */
export interface Chance {
  /** A seed that is another one each time. */
  readonly next: () => string;
}

/** One intrinsic function: https://docs.aws.amazon.com/step-functions/latest/dg/intrinsic-functions.html */
export interface Intrinsic {
  /** Fewest and most arguments. */
  readonly parameters: readonly [min: number, max: number];
  readonly call: (args: readonly Json[], chance: Chance) => Json;
}

/** Thrown by a function that cannot work on its arguments. */
export class IntrinsicFailed extends Error {}

/** The name of an argument that a message speaks of. */
const ORDINALS = ['first', 'second', 'third'];

function wrong(at: number, expected: string, value: Json | undefined): IntrinsicFailed {
  return new IntrinsicFailed(
    `the ${ORDINALS[at] ?? at + 1} argument must be ${expected}, got ${JSON.stringify(value)}`,
  );
}

export function textAt(args: readonly Json[], at: number, longest = Infinity): string {
  const value = args[at];
  if (typeof value !== 'string') throw wrong(at, 'a string', value);
  if (value.length > longest) throw new IntrinsicFailed(`the string must have at most ${longest} characters`);
  return value;
}

/** A number, rounded to an integer as AWS does. */
export function integerAt(args: readonly Json[], at: number): number {
  const value = args[at];
  if (typeof value !== 'number') throw wrong(at, 'a number', value);
  return Math.round(value);
}

export function arrayAt(args: readonly Json[], at: number): readonly Json[] {
  const value = args[at];
  if (!Array.isArray(value)) throw wrong(at, 'an array', value);
  return value as readonly Json[];
}

export function flagAt(args: readonly Json[], at: number): boolean {
  const value = args[at];
  if (typeof value !== 'boolean') throw wrong(at, 'true or false', value);
  return value;
}
