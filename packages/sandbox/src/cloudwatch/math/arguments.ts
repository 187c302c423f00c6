import { ExpressionError } from './expression.ts';
import { isPoints, isSeveral, type Points, type Value } from './value.ts';

/** Data of the request that functions use besides their arguments. */
export interface Request {
  /** The metrics of the request, without its expressions. */
  readonly metrics: readonly { readonly id: string; readonly points: Points }[];
  /** The start of every period that is asked for. */
  readonly times: () => readonly number[];
}

/** A function whose arguments have been evaluated; a text or a word is given as it is. */
export type Call = (given: readonly Argument[], request: Request) => Value;
export type Argument = Value | { readonly text: string };

export const isText = (given: Argument | undefined): given is { readonly text: string } =>
  typeof given === 'object' && 'text' in given;

export function valueIn(given: Argument | undefined): Value {
  if (given === undefined) throw new ExpressionError('a function lacks an argument');
  if (isText(given)) throw new ExpressionError(`"${given.text}" is no metric`);
  return given;
}

export function single(given: Argument | undefined): number | Points {
  const value = valueIn(given);
  if (isSeveral(value)) throw new ExpressionError('an array of metrics stands where one metric is expected');
  return value;
}

export function several(given: Argument | undefined): readonly Points[] {
  const value = valueIn(given);
  if (isSeveral(value)) return value;
  throw new ExpressionError('one metric stands where an array of metrics is expected');
}

export function seriesIn(value: Value): Points {
  if (isPoints(value)) return value;
  throw new ExpressionError('a number stands where a metric is expected');
}
