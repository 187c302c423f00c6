import type { Drawing } from './drawing.ts';
import { type LineShape, lineShape } from './line-shape.ts';
import type { PlotFrame } from './plot-frame.ts';

/** Shapes of all lines of a chart. */
export function lineShapes(
  { lines, columns: { times, columns, bases } }: Pick<Drawing, 'lines' | 'columns'>,
  frame: PlotFrame,
): readonly LineShape[] {
  const places = times.map((seconds) => frame.x(seconds * 1_000));
  const x = (place: number): number => places[place] ?? 0;
  return lines.map(({ axis }, index) => {
    const column = columns[index] ?? [];
    const heights = (values: readonly unknown[]) =>
      values.map((value) => (typeof value === 'number' ? frame.y(value, axis) : 0));
    const tops = heights(column);
    const under = bases && heights(bases[index] ?? []);
    return lineShape(column, x, (place) => tops[place] ?? 0, under && ((place) => under[place] ?? 0));
  });
}

/** Pixels of the values of a line next to a time. */
export interface Dot {
  readonly line: number;
  readonly x: number;
  readonly y: number;
}

/** The values of lines at the known time that is next to another. */
export function dotsAt(
  { lines, columns: { times, columns } }: Pick<Drawing, 'lines' | 'columns'>,
  frame: PlotFrame,
  at: number,
): readonly Dot[] {
  const after = times.findIndex((seconds) => seconds * 1_000 >= at);
  const [early, late] = after < 0 ? [times.length - 1, times.length - 1] : [Math.max(0, after - 1), after];
  const distance = (place: number): number => Math.abs((times[place] ?? Infinity) * 1_000 - at);
  const next = distance(early) < distance(late) ? early : late;
  const x = frame.x((times[next] ?? 0) * 1_000);
  return lines.flatMap(({ axis }, line) => {
    const value = columns[line]?.[next];
    return typeof value === 'number' ? [{ line, x, y: frame.y(value, axis) }] : [];
  });
}
