import { ExpressionError } from './expression.ts';

/** A time series: values by the start of their period. */
export type Points = ReadonlyMap<number, number>;

/** A number, a time series or several of them: S, TS and TS[] in the documentation of metric math. */
export type Value = number | Points | readonly Points[];

export const isSeveral = (value: Value): value is readonly Points[] => Array.isArray(value);
export const isPoints = (value: Value): value is Points => value instanceof Map;

/** How many data points a value has. */
export function pointsIn(value: Value): number {
  if (isSeveral(value)) return value.reduce((sum, points) => sum + points.size, 0);
  return isPoints(value) ? value.size : 0;
}

/** The times of all series, each once, in order. */
export const timesOf = (series: readonly Points[]): readonly number[] =>
  [...new Set(series.flatMap((points) => [...points.keys()]))].sort((one, other) => one - other);

/** A series with a value for each time; what is no number, such as a division by zero, is dropped. */
export function pointsAt(times: Iterable<number>, valueAt: (time: number) => number | undefined): Points {
  const points = new Map<number, number>();
  for (const time of times) {
    const value = valueAt(time);
    if (value !== undefined && Number.isFinite(value)) points.set(time, value);
  }
  return points;
}

/** Applies a function of two numbers: where one series has a value and the other has none, that counts as 0. */
export function combine(left: Value, right: Value, of: (one: number, other: number) => number): Value {
  if (isSeveral(left) && isSeveral(right)) throw new ExpressionError('an operator cannot take two arrays of metrics');
  if (isSeveral(left)) return left.map((points) => one(combine(points, right, of)));
  if (isSeveral(right)) return right.map((points) => one(combine(left, points, of)));
  if (typeof left === 'number' && typeof right === 'number') return of(left, right);
  const times = timesOf([left, right].filter((side) => typeof side !== 'number'));
  return pointsAt(times, (time) => of(at(left, time) ?? 0, at(right, time) ?? 0));
}

/** The value at a time; a number is the same at all times. */
export const at = (value: number | Points, time: number): number | undefined =>
  typeof value === 'number' ? value : value.get(time);

function one(value: Value): Points {
  if (isPoints(value)) return value;
  throw new ExpressionError('an array of metrics holds metrics only');
}
