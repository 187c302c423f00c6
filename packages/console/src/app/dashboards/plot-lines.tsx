import type { Drawing } from '../../chart/dashboards/drawing.ts';
import { endLabels } from '../../chart/dashboards/end-labels.ts';
import { lineShapes } from '../../chart/dashboards/line-shapes.ts';
import type { PlotFrame } from '../../chart/dashboards/plot-frame.ts';
import { paintOf, type StyledLine } from '../../chart/dashboards/styled-lines.ts';
import { textWidth } from './text-width.ts';

export interface PlotPartProps {
  readonly drawing: Drawing;
  readonly frame: PlotFrame;
}

/** Color of the line with a number. */
export const paintAt = (lines: readonly StyledLine[], index: number) => lines[index] && paintOf(lines[index]);

/** Lines with their points, on areas if they are stacked. */
export function PlotLines({ drawing, frame }: PlotPartProps) {
  const { lines } = drawing;
  return (
    <>
      {lineShapes(drawing, frame).map(({ path, area, points }, index) => (
        <g key={index} class="plot-line painted" style={paintAt(lines, index)}>
          {area !== '' && <path class="plot-area" d={area} />}
          <path d={path} stroke-dasharray={lines[index]?.dash.join(' ')} />
          <path class="plot-points" d={points} />
          {lines[index]?.point === 'hollow' && <path class="plot-holes" d={points} />}
        </g>
      ))}
    </>
  );
}

/** The label of each line, if they are few. */
export const EndLabels = ({ drawing, frame }: PlotPartProps) => (
  <>
    {endLabels(drawing, frame, textWidth).map(({ line, text, x, y }) => (
      <text key={line} class="plot-end painted" x={x} y={y + 4} style={paintAt(drawing.lines, line)}>
        {text}
      </text>
    ))}
  </>
);
