import { valueText } from '../../chart/point-classes.ts';
import { labelsWithRoom, valueAxis } from '../../chart/value-axis.ts';
import { visibleText } from '../../chart/visible-text.ts';
import { countOf } from '../../chart/time-text.ts';
import type { SeriesModel } from '../../models/results.ts';
import { Name } from '../parts/name.tsx';
import { useWidth } from '../parts/use-width.ts';

/** Pixels of the drawing, and around it. */
const height = 220;
const [left, right, top, bottom] = [52, 8, 8, 24];

/** Pixels of a label, which is cut to fit. */
const labelWidth = 64;
const labelLength = 10;

/** Values beyond which a bar each would be too thin. */
const mostBars = 120;

export interface SeriesChartProps {
  readonly series: SeriesModel;
  /** Place of the value that is marked. */
  readonly marked: number | undefined;
}

/** Values in an order as bars, or as a line if there are many; the table below is the equal. */
export function SeriesChart({ series, marked }: SeriesChartProps) {
  const { ref, width } = useWidth();
  const { title, unit, labels, values } = series;
  const inner = Math.max(1, width.value - left - right);
  const axis = valueAxis(values);
  const place = (value: number): number =>
    top + ((axis.high - value) / (axis.high - axis.low)) * (height - top - bottom);
  const step = inner / Math.max(1, values.length);
  const middle = (index: number): number => left + (index + 0.5) * step;
  const bar = (value: number, index: number): string => {
    const half = Math.max(1, Math.min(24, step * 0.35));
    return `M${middle(index) - half},${place(0)}V${place(value)}H${middle(index) + half}V${place(0)}z`;
  };
  const line = (value: number, index: number): string =>
    `${(values[index - 1] ?? null) === null ? 'M' : 'L'}${middle(index)},${place(value)}`;
  const isBars = values.length <= mostBars;
  const drawn = values
    .flatMap((value, index) => (value === null ? [] : [(isBars ? bar : line)(value, index)]))
    .join('');
  return (
    <div class="series" ref={ref}>
      <h2>
        <Name>{title}</Name>, <Name>{unit}</Name>
      </h2>
      {width.value > 0 && (
        <svg width={width.value} height={height} role="img" aria-label={sentence(series)}>
          {axis.ticks.map((tick) => (
            <g key={tick}>
              <line x1={left} x2={width.value - right} y1={place(tick)} y2={place(tick)} class="axis" />
              <text x={left - 8} y={place(tick) + 4} text-anchor="end">
                {valueText(tick)}
              </text>
            </g>
          ))}
          <path d={drawn} class={isBars ? 'bars' : 'line'} />
          {marked !== undefined && (
            <line x1={middle(marked)} x2={middle(marked)} y1={top} y2={height - bottom} class="mark" />
          )}
          {labelsWithRoom(labels.length, inner, labelWidth).map((index) => (
            <text key={index} x={middle(index)} y={height - 8} text-anchor="middle">
              {visibleText((labels[index] ?? '').slice(0, labelLength))}
            </text>
          ))}
        </svg>
      )}
    </div>
  );
}

/** Sentence about the chart, for those who do not see it. */
function sentence({ title, unit, labels, values }: SeriesModel): string {
  const known = values.flatMap((value, index) => (value === null ? [] : [{ value, index }]));
  const [first] = known;
  const at = ({ value, index }: { readonly value: number; readonly index: number }): string =>
    `${valueText(value)} ${unit} (${labels[index] ?? ''})`;
  const most = (sign: 1 | -1) =>
    known.reduce(
      (best, each) => (sign * each.value > sign * best.value ? each : best),
      first ?? { value: 0, index: 0 },
    );
  const range = first ? `, from ${at(most(-1))} to ${at(most(1))}` : '';
  return visibleText(`${title}: ${countOf(values.length, 'value')}${range}`);
}
