import { useMemo } from 'preact/hooks';
import type { Drawing } from '../../chart/dashboards/drawing.ts';
import { plotFrame } from '../../chart/dashboards/plot-frame.ts';
import { PlotAxes } from './plot-axes.tsx';
import { EndLabels, PlotLines } from './plot-lines.tsx';
import { PlotNotes } from './plot-notes.tsx';
import { PlotPointer } from './plot-pointer.tsx';
import { textWidth } from './text-width.ts';
import { useSize } from './use-size.ts';

export interface PlotProps {
  readonly drawing: Drawing;
  /** The time of the strip, in milliseconds since the epoch; infinite for the newest. */
  readonly at: number;
  /** Called with the time, in milliseconds since the epoch, that somebody points at and presses. */
  readonly onTime: (at: number) => void;
}

/** A chart as large as its box. The table under it contains the values, so it is hidden from readers. */
export function Plot(props: PlotProps) {
  const { ref, size } = useSize();
  return (
    <div class="plot-box" aria-hidden="true" ref={ref}>
      {size.value && <Picture {...props} {...size.value} />}
    </div>
  );
}

/** Pixels around the frame in which points and lines at its edge are whole. */
const edge = 4;

function Picture({
  drawing,
  at,
  onTime,
  width,
  height,
}: PlotProps & { readonly width: number; readonly height: number }) {
  const frame = useMemo(
    () => plotFrame(drawing, { width, height }, textWidth),
    [drawing.from, drawing.to, drawing.axes, width, height],
  );
  const inner = { width: frame.width + 2 * edge, height: frame.height + 2 * edge };
  // The same elements as long as nothing of them changes: the time of the strip and the pointer change more often.
  const axes = useMemo(() => <PlotAxes frame={frame} />, [frame]);
  const content = useMemo(
    () => (
      <>
        <PlotNotes drawing={drawing} frame={frame} />
        <PlotLines drawing={drawing} frame={frame} />
      </>
    ),
    [drawing, frame],
  );
  const labels = useMemo(() => <EndLabels drawing={drawing} frame={frame} />, [drawing, frame]);
  const now = frame.x(at);
  return (
    <svg class="plot" width={width} height={height}>
      {axes}
      <svg
        {...{ x: frame.left - edge, y: frame.top - edge, ...inner }}
        viewBox={`${-edge} ${-edge} ${inner.width} ${inner.height}`}
      >
        {content}
        {at <= drawing.to && now >= 0 && <path class="plot-now" d={`M${now} 0v${frame.height}`} />}
        {labels}
      </svg>
      <PlotPointer drawing={drawing} frame={frame} onTime={onTime} />
    </svg>
  );
}
