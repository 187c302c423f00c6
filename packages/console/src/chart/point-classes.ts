import type { PointsModel } from '../models/results.ts';

/** A range of values that a map draws alike. */
export interface PointClass {
  /** From this value on. */
  readonly from: number;
  /** Below this value; undefined for the highest class. */
  readonly to: number | undefined;
  /** Diameter in units of the map. */
  readonly size: number;
  /** Data of an SVG path: a line of no length for each place. */
  readonly path: string;
  readonly count: number;
}

/** Shares of the points below which a class ends: the greatest values are few, and are to be seen. */
const shares = [0.5, 0.75, 0.9, 0.97] as const;

/** Diameters of the lowest and the highest class, of few points and of thousands. */
const [few, many] = [
  [14, 36],
  [7, 28],
] as const;
const manyPoints = 2_000;

/** Points in at most five classes by value, the lowest first. Places of a class that are the same are drawn once. */
export function pointClasses({ value, x, y }: Pick<PointsModel, 'value' | 'x' | 'y'>): readonly PointClass[] {
  const least = value.reduce((smallest, each) => Math.min(smallest, each), Infinity);
  if (value.length === 0) return [];
  const bounds = [least, ...boundsOf(value).filter((bound) => bound > least)];
  const [smallest, largest] = value.length > manyPoints ? many : few;
  return bounds.flatMap((from, index) => {
    const to = bounds[index + 1];
    const marks = new Set<string>();
    let count = 0;
    value.forEach((each, place) => {
      if (each < from || (to !== undefined && each >= to)) return;
      count += 1;
      marks.add(`M${x[place] ?? 0},${y[place] ?? 0}h0`);
    });
    const size = bounds.length === 1 ? smallest : smallest + ((largest - smallest) * index) / (bounds.length - 1);
    return count === 0 ? [] : [{ from, to, size, path: [...marks].join(''), count }];
  });
}

/** Bounds between classes, rounded so that people can say them, each once. */
function boundsOf(values: readonly number[]): readonly number[] {
  const sorted = Float64Array.from(values).sort();
  const last = sorted.length - 1;
  const spread = (sorted[last] ?? 0) - (sorted[0] ?? 0);
  const bounds = shares.map((share) => rounded(sorted[Math.round(share * last)] ?? 0, spread));
  return [...new Set(bounds)];
}

/** To a hundredth of the whole range or finer, in powers of ten. */
function rounded(value: number, spread: number): number {
  if (spread <= 0) return value;
  const digits = Math.min(12, Math.max(0, 2 - Math.ceil(Math.log10(spread))));
  return Number(value.toFixed(digits));
}

/** Place in the columns of the point that is nearest; undefined if none is within the reach. */
export function nearestPoint(
  { x, y }: Pick<PointsModel, 'x' | 'y'>,
  [atX, atY]: readonly [number, number],
  reach: number,
): number | undefined {
  let [nearest, least]: [number | undefined, number] = [undefined, reach ** 2];
  x.forEach((each, place) => {
    const distance = (each - atX) ** 2 + ((y[place] ?? 0) - atY) ** 2;
    if (distance > least) return;
    [nearest, least] = [place, distance];
  });
  return nearest;
}

/** Number for people: at most three digits after the point. */
export const valueText = (value: number): string => value.toLocaleString('en', { maximumFractionDigits: 3 });

/** Range of a class, `under 6`, `6 to 8`, `17 and over`. */
export const classText = ({ from, to }: PointClass, isLowest: boolean): string => {
  if (to === undefined) return isLowest ? 'all' : `${valueText(from)} and over`;
  return isLowest ? `under ${valueText(to)}` : `${valueText(from)} to ${valueText(to)}`;
};
