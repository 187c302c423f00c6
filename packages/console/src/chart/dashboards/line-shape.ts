import type { Cell } from './line-columns.ts';

/** A line on its way through a chart, as paths of SVG. */
export interface LineShape {
  readonly path: string;
  /** Area between a line and the one under it; empty if lines are not stacked. */
  readonly area: string;
  /** Places of points, each as a line without length. */
  readonly points: string;
}

/** Values up to which each one is a point. */
const fewPoints = 90;

type Pixel = (place: number) => number;

/**
 * Shape of a column: with a gap at each null, and no more values for a pixel of the width than change it.
 *
 * @param x pixel of a place of the column
 * @param y pixel of its value
 * @param base pixel of the lower end of its area
 */
export function lineShape(column: readonly Cell[], x: Pixel, y: Pixel, base?: Pixel): LineShape {
  const parts = unbroken(column);
  const point = (place: number): string => `${x(place)} ${y(place)}`;
  const thin = parts.map((places) => thinned(places, x, y));
  const alone = parts.filter(({ length }) => length === 1);
  const count = parts.reduce((sum, { length }) => sum + length, 0);
  const marked = count <= fewPoints ? parts : alone;
  return {
    path: thin.flatMap((places) => (places.length > 1 ? `M${places.map(point).join('L')}` : [])).join(''),
    area: base ? parts.map((places) => areaOf(places, x, y, base)).join('') : '',
    points: marked.flatMap((places) => places.map((place) => `M${point(place)}h0`)).join(''),
  };
}

/** Places of values, in parts between which a period has none. A place without a period is in no part and breaks none. */
function unbroken(column: readonly Cell[]): readonly (readonly number[])[] {
  const parts: number[][] = [];
  let isBroken = true;
  for (const [place, cell] of column.entries()) {
    if (typeof cell === 'number') {
      if (isBroken) parts.push([]);
      parts.at(-1)?.push(place);
    }
    if (cell !== undefined) isBroken = cell === null;
  }
  return parts;
}

/** The first, the lowest, the highest and the last of the places that share a pixel of the width. */
export function thinned(places: readonly number[], x: Pixel, y: Pixel): readonly number[] {
  const kept: number[] = [];
  for (let start = 0; start < places.length;) {
    const first = places[start] ?? 0;
    const pixel = Math.floor(x(first));
    let [low, high, last] = [first, first, first];
    let end = start;
    for (; end < places.length && Math.floor(x(places[end] ?? 0)) === pixel; end += 1) {
      last = places[end] ?? 0;
      if (y(last) < y(low)) low = last;
      if (y(last) > y(high)) high = last;
    }
    kept.push(...new Set([first, Math.min(low, high), Math.max(low, high), last]));
    start = end;
  }
  return kept;
}

function areaOf(places: readonly number[], x: Pixel, y: Pixel, base: Pixel): string {
  if (places.length < 2) return '';
  const kept = [...new Set([...thinned(places, x, y), ...thinned(places, x, base)])].sort((one, other) => one - other);
  const over = kept.map((place) => `${x(place)} ${y(place)}`);
  const under = kept.map((place) => `${x(place)} ${base(place)}`).reverse();
  return `M${[...over, ...under].join('L')}Z`;
}
