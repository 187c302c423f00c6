/** Range of an axis that has zero in it, and the values of its lines. */
export interface ValueAxis {
  readonly low: number;
  readonly high: number;
  readonly ticks: readonly number[];
}

/** Lines of an axis, about. */
const lines = 4;

/** Axis for values: it begins at zero, so that lengths can be compared. */
export function valueAxis(values: readonly (number | null)[]): ValueAxis {
  let [low, high] = [0, 0];
  for (const value of values) {
    low = Math.min(low, value ?? 0);
    high = Math.max(high, value ?? 0);
  }
  if (low === high) high = 1;
  const step = stepOf((high - low) / lines);
  const [first, last] = [Math.floor(low / step), Math.ceil(high / step)];
  const ticks = Array.from({ length: last - first + 1 }, (_, index) => round((first + index) * step));
  return { low: round(first * step), high: round(last * step), ticks };
}

/** The smallest of 1, 2 and 5 times a power of ten that is not below. */
export function stepOf(least: number): number {
  const power = 10 ** Math.floor(Math.log10(least));
  return power * ([1, 2, 5, 10].find((times) => times * power >= least * 0.999) ?? 10);
}

const round = (value: number): number => Number(value.toPrecision(12));

/** Places of the labels that have room, the first one always. */
export function labelsWithRoom(count: number, width: number, labelWidth: number): readonly number[] {
  const every = Math.max(1, Math.ceil((count * labelWidth) / Math.max(1, width)));
  return Array.from({ length: Math.ceil(count / every) }, (_, index) => index * every);
}
