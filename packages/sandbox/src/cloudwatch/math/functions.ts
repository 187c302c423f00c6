import { ExpressionError } from './expression.ts';
import { type Argument, type Call, isText, seriesIn, single, valueIn } from './arguments.ts';
import { seriesFunctions } from './series-functions.ts';
import { at, isSeveral, type Points, pointsAt, timesOf } from './value.ts';

/** Functions of metric math that the sandbox supports, besides PERIOD. Any other is refused by name. */
export const functions: Readonly<Record<string, Call>> = {
  SUM: overAll((values) => values.reduce((sum, value) => sum + value, 0)),
  MIN: overAll((values) => Math.min(...values)),
  MAX: overAll((values) => Math.max(...values)),
  METRICS: ([part], { metrics }) => {
    const contained = part === undefined ? '' : textIn(part);
    return metrics.filter(({ id }) => id.includes(contained)).map(({ points }) => points);
  },
  IF: ([condition, whenTrue, whenFalse]) => {
    const [test, yes] = [single(condition), single(whenTrue)];
    const no = whenFalse === undefined ? undefined : single(whenFalse);
    return typeof test === 'number' ? (test === 0 ? (no ?? new Map<number, number>()) : yes) : chosen(test, yes, no);
  },
  FILL: ([filled, filler], { times }) => {
    const fill = (points: Points): Points => pointsAt(times(), filling(points, filler));
    const value = valueIn(filled);
    return isSeveral(value) ? value.map(fill) : fill(seriesIn(value));
  },
  ...seriesFunctions,
};

/** A number of one series, a series of several: each time has what the values there make. */
function overAll(of: (values: readonly number[]) => number): Call {
  return ([given]) => {
    const value = valueIn(given);
    if (!isSeveral(value)) return of([...seriesIn(value).values()]);
    const valuesAt = (time: number): readonly number[] => value.flatMap((points) => points.get(time) ?? []);
    return pointsAt(timesOf(value), (time) => of(valuesAt(time)));
  };
}

/**
 * Evaluates IF with a series as its condition ("Using IF expressions"). A metric without a value counts as 0. As the
 * last argument after a number, it is dropped instead.
 */
function chosen(test: Points, yes: number | Points, no: number | Points | undefined): Points {
  const absent = typeof yes === 'number' ? undefined : 0;
  return pointsAt(test.keys(), (time) => {
    if (test.get(time) !== 0) return at(yes, time) ?? 0;
    return no === undefined ? undefined : (at(no, time) ?? absent);
  });
}

function filling(points: Points, filler: Argument | undefined): (time: number) => number | undefined {
  if (isText(filler)) {
    if (filler.text !== 'REPEAT') throw new ExpressionError(`the sandbox does not know ${filler.text} in FILL`);
    let latest: number | undefined;
    return (time) => (latest = points.get(time) ?? latest);
  }
  const value = single(filler);
  return (time) => points.get(time) ?? at(value, time);
}

function textIn(given: Argument): string {
  if (isText(given)) return given.text;
  throw new ExpressionError('METRICS takes a text, such as METRICS("errors")');
}
