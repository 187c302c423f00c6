import { type Argument, type Call, isText, seriesIn, several, single, valueIn } from './arguments.ts';
import { ExpressionError } from './expression.ts';
import { isSeveral, type Points, pointsAt } from './value.ts';

/** Functions of whole series: of each value, of timestamps, and of the order of an array ("Functions supported"). */
export const seriesFunctions: Readonly<Record<string, Call>> = {
  ABS: ofEach(Math.abs),
  CEIL: ofEach(Math.ceil),
  FLOOR: ofEach(Math.floor),
  // Not sparse: it has a value for each period, whether the metric has one or not.
  EPOCH: ([given], { times }) => {
    seriesIn(single(given));
    return pointsAt(times(), (time) => time / 1_000);
  },
  FIRST: ([given]) => several(given)[0] ?? none,
  LAST: ([given]) => several(given).at(-1) ?? none,
  SORT: ([given, by, order, limit]) => sorted(several(given), wordOf(by, orders), wordOf(order, directions), limit),
};

const none: Points = new Map<number, number>();

function ofEach(of: (value: number) => number): Call {
  const applied = (points: Points): Points => pointsAt(points.keys(), (time) => of(points.get(time) ?? 0));
  return ([given]) => {
    const value = valueIn(given);
    return isSeveral(value) ? value.map(applied) : applied(seriesIn(value));
  };
}

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);

const orders = {
  AVG: (values: readonly number[]) => sum(values) / values.length,
  MIN: (values: readonly number[]) => Math.min(...values),
  MAX: (values: readonly number[]) => Math.max(...values),
  SUM: sum,
};
const directions = { ASC: 1, DESC: -1 };

function wordOf<Meaning>(given: Argument | undefined, meanings: Readonly<Record<string, Meaning>>): Meaning {
  const word = isText(given) ? given.text : undefined;
  const meaning = word !== undefined && Object.hasOwn(meanings, word) ? meanings[word] : undefined;
  if (meaning !== undefined) return meaning;
  const got = word === undefined ? '' : `, got ${word}`;
  throw new ExpressionError(`SORT takes ${Object.keys(meanings).join(', ')}${got}`);
}

/** A series without values comes last in either direction. */
function sorted(
  series: readonly Points[],
  by: (values: readonly number[]) => number,
  direction: number,
  limit: Argument | undefined,
): readonly Points[] {
  const most = limit === undefined ? series.length : single(limit);
  if (typeof most !== 'number') throw new ExpressionError('SORT takes a number as its limit');
  return series
    .map((points) => ({ points, rank: points.size === 0 ? Infinity : direction * by([...points.values()]) }))
    .sort((one, other) => (one.rank === other.rank ? 0 : one.rank - other.rank))
    .slice(0, most)
    .map(({ points }) => points);
}
