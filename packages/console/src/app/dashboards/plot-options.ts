import uPlot from 'uplot';
import { clockText, dayText } from '../../chart/time-text.ts';
import type { ValueAxis } from '../../chart/dashboards/axis-range.ts';
import type { StyledLine } from '../../chart/dashboards/styled-lines.ts';
import { valueText } from '../../chart/dashboards/value-text.ts';
import type { Drawing } from './drawing.ts';
import { drawEndLabels, drawNotes, drawTime, type Ink } from './plot-marks.ts';

/** Values up to which each one is a point. */
const fewPoints = 90;

const day = 86_400_000;

export const columnsOf = ({ columns: { times, columns } }: Drawing): uPlot.AlignedData =>
  [times, ...columns] as unknown as uPlot.AlignedData;

/**
 * Options of uPlot for a drawing.
 *
 * @param current the drawing as it is when something is drawn
 * @param onCursor called with the time under the cursor
 */
export function plotOptions(
  current: { readonly current: Drawing },
  color: Ink,
  onCursor: (at: number | undefined) => void,
): Omit<uPlot.Options, 'width' | 'height'> {
  const { lines, axes, isStacked } = current.current;
  const font = '11px system-ui, sans-serif';
  const axisOf = (side: 'left' | 'right'): ValueAxis | undefined =>
    current.current.axes.find((axis) => axis.side === side);
  const grid = { stroke: color('line'), width: 1 };
  const common = { stroke: color('ink3'), font, ticks: { show: false } };
  const dashOf = ({ dash }: StyledLine): number[] => [...dash];
  return {
    padding: [8, null, 0, null],
    legend: { show: false },
    cursor: {
      sync: { key: 'dashboards' },
      drag: { x: false, y: false, setScale: false },
      y: false,
      points: { size: 7 },
    },
    tzDate: (seconds) => uPlot.tzDate(new Date(seconds * 1_000), 'UTC'),
    scales: {
      x: { time: true, range: () => [current.current.from / 1_000, current.current.to / 1_000] },
      ...Object.fromEntries(axes.map(({ side }) => [side, { range: () => rangeOf(axisOf(side)) }])),
    },
    axes: [
      {
        ...common,
        grid: { show: false },
        space: 56,
        size: 22,
        values: (_, splits) => splits.map((seconds) => timeMark(seconds * 1_000, current.current)),
      },
      ...axes.map(({ side }): uPlot.Axis => ({
        ...common,
        scale: side,
        // eslint-disable-next-line @typescript-eslint/no-unsafe-enum-assignment -- uPlot's enum has no values at run time
        side: side === 'left' ? 3 : 1,
        grid: side === 'left' ? grid : { ...grid, dash: [4, 4] },
        space: 26,
        ...incrementsOf(axisOf(side)?.unit ?? null),
        size: (_, values: readonly string[] | null) =>
          Math.max(30, 12 + 6.4 * Math.max(0, ...(values ?? []).map(({ length }) => length))),
        values: (_, splits) => splits.map((value) => valueText(value, axisOf(side)?.unit ?? null)),
      })),
    ],
    series: [
      {},
      ...lines.map((line, index): uPlot.Series => {
        const stroke = strokeOf(line, color);
        const fill = line.point === 'filled' ? stroke : color('surface');
        return {
          scale: line.axis,
          stroke,
          width: 2,
          dash: dashOf(line),
          spanGaps: false,
          // The area of the first line goes down to the axis.
          ...(isStacked && index === 0 && { fill: areaOf(stroke) }),
          points: { show: true, size: 6, stroke, fill, width: 1.5, filter: pointsShown },
        };
      }),
    ],
    ...(isStacked && { bands: bandsOf(lines, color) }),
    hooks: {
      drawAxes: [
        (plot) => {
          drawNotes(plot, current.current, color);
        },
      ],
      draw: [
        (plot) => {
          drawTime(plot, current.current, color);
          drawEndLabels(plot, current.current, color);
        },
      ],
      setCursor: [
        (plot) => {
          const { left = -1 } = plot.cursor;
          onCursor(left < 0 ? undefined : plot.posToVal(left, 'x') * 1_000);
        },
      ],
    },
  };
}

/** Steps of an axis of durations, in seconds: those of clocks. */
const durations = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1_800, 3_600, 7_200, 14_400, 28_800, 86_400];

/** Steps between the marks of an axis; those of uPlot where a unit has no own. */
function incrementsOf(unit: string | null): Pick<uPlot.Axis, 'incrs'> {
  if (unit !== 'Milliseconds' && unit !== 'Seconds') return {};
  const parts = [0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5];
  const seconds = [...parts, ...durations, ...durations.slice(-1).flatMap((last) => [2 * last, 7 * last, 14 * last])];
  return { incrs: unit === 'Seconds' ? seconds : seconds.map((each) => each * 1_000) };
}

const rangeOf = (axis: ValueAxis | undefined): [number, number] => (axis ? [axis.min, axis.max] : [0, 1]);

/** The area of each line goes down to the one before it. */
const bandsOf = (lines: readonly StyledLine[], color: Ink): uPlot.Band[] =>
  lines.slice(1).map((line, index) => ({ series: [index + 2, index + 1], fill: areaOf(strokeOf(line, color)) }));

const strokeOf = ({ paint }: StyledLine, color: Ink): string =>
  paint.kind === 'given' ? paint.color : color(paint.token);

/** A quarter of a color; nothing of one that a person chose for all. */
const areaOf = (stroke: string): string => (stroke.length === 7 ? `${stroke}40` : 'transparent');

/** Of few values all are points, of many those without a neighbor, which no line shows. */
function pointsShown(plot: uPlot, series: number): number[] {
  const values = Array.from<number | null | undefined>(plot.data[series] ?? []);
  const known = values.flatMap((value, place) => (typeof value === 'number' ? [place] : []));
  if (known.length <= fewPoints) return known;
  return known.filter((place) => !isNumber(neighbor(values, place, -1)) && !isNumber(neighbor(values, place, 1)));
}

const isNumber = (value: unknown): boolean => typeof value === 'number';

/** The next cell that is of this line. */
function neighbor(values: ArrayLike<number | null | undefined>, place: number, step: number): unknown {
  let at = place + step;
  while (at >= 0 && at < values.length && values[at] === undefined) at += step;
  return values[at];
}

/** Time of a mark of the axis; a day where the range is longer than two of them. */
function timeMark(at: number, { from, to }: Drawing): string {
  if (to - from > 2 * day || at % day === 0) return dayText(at).replace(/ \d+$/, '');
  return clockText(at).slice(0, to - from < 600_000 ? 8 : 5);
}
