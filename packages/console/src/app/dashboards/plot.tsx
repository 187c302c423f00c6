import { useLayoutEffect, useRef } from 'preact/hooks';
import uPlot from 'uplot';
import { clockText } from '../../chart/time-text.ts';
import { hasForcedColors, theme } from '../state/theme.ts';
import type { Drawing } from './drawing.ts';
import { columnsOf, plotOptions } from './plot-options.ts';

export interface PlotProps {
  readonly drawing: Drawing;
  /** Called with the time, in milliseconds since the epoch, that somebody points at and presses. */
  readonly onTime: (at: number) => void;
}

/** A chart on a canvas, as large as its box. The table under it contains the values, so it is hidden from readers. */
export function Plot({ drawing, onTime }: PlotProps) {
  const box = useRef<HTMLDivElement>(null);
  const readout = useRef<HTMLSpanElement>(null);
  const plot = useRef<uPlot | undefined>(undefined);
  const current = useRef(drawing);
  current.current = drawing;
  const { lines, axes, isStacked } = drawing;
  const shape = JSON.stringify([
    theme.value,
    isStacked,
    lines.map(({ label, axis, paint, dash, point }) => [label, axis, paint, dash, point]),
    axes.map(({ side, unit, head }) => [side, unit, head]),
  ]);
  useLayoutEffect(() => {
    const element = box.current;
    if (!element) return undefined;
    const style = getComputedStyle(element);
    const isForced = hasForcedColors();
    const color = (token: string): string =>
      isForced
        ? token === 'surface'
          ? 'Canvas'
          : 'CanvasText'
        : style.getPropertyValue(`--${token.replace(/[A-Z]/g, (it) => `-${it.toLowerCase()}`)}`);
    const size = () => ({ width: element.clientWidth, height: element.clientHeight });
    const options = plotOptions(current, color, (at) => {
      if (readout.current) readout.current.textContent = at === undefined ? '' : `${clockText(at)} UTC`;
    });
    const made = new uPlot({ ...options, ...size() }, columnsOf(current.current), element);
    plot.current = made;
    made.over.addEventListener('click', () => {
      const { left = -1 } = made.cursor;
      if (left >= 0) onTime(Math.round(made.posToVal(left, 'x') * 1_000));
    });
    const observer = new ResizeObserver(() => {
      const next = size();
      if (next.width > 0 && (next.width !== made.width || next.height !== made.height)) made.setSize(next);
    });
    observer.observe(element);
    return () => {
      observer.disconnect();
      made.destroy();
      plot.current = undefined;
    };
  }, [shape]);
  useLayoutEffect(() => {
    plot.current?.setData(columnsOf(drawing));
  }, [drawing]);
  return (
    <div class="plot-box" aria-hidden="true">
      <div class="plot" ref={box} />
      <span class="plot-time" ref={readout} />
    </div>
  );
}
