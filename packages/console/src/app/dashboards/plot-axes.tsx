import type { PlotFrame } from '../../chart/dashboards/plot-frame.ts';
import { textWidth } from './text-width.ts';

/** Lines of the grid, and what the axes say. */
export const PlotAxes = ({ frame: { left, top, width, height, times, values } }: { readonly frame: PlotFrame }) => (
  <>
    {values.map(({ side, marks }) => (
      <g key={side} class={`plot-axis ${side}`}>
        <path d={marks.map(({ place }) => `M${left} ${Math.round(top + place)}h${width}`).join('')} />
        {marks.map(({ place, text }, index) => (
          <text key={index} x={side === 'left' ? left - 8 : left + width + 8} y={top + place + 4}>
            {text}
          </text>
        ))}
      </g>
    ))}
    <g class="plot-axis times">
      {times.map(({ place, text }, index) => {
        const half = textWidth(text) / 2;
        const most = left + width + 14 - half;
        return (
          <text key={index} x={Math.min(most, Math.max(half, left + place))} y={top + height + 17}>
            {text}
          </text>
        );
      })}
    </g>
  </>
);
