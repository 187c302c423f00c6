import { signal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { dotsAt } from '../../chart/dashboards/line-shapes.ts';
import { clockText } from '../../chart/time-text.ts';
import { paintAt, type PlotPartProps } from './plot-lines.tsx';

/** The time that somebody points at in any chart: all of them show it. */
const pointed = signal<number | undefined>(undefined);

const forget = (): void => {
  pointed.value = undefined;
};

/** Half of the width of a time that is read out, and of one of the axis, in pixels. */
const half = { readout: 42, mark: 24 };

export interface PlotPointerProps extends PlotPartProps {
  readonly onTime: (at: number) => void;
}

/** The time under the pointer, with the values next to it. A press says the time. */
export function PlotPointer({ drawing, frame, onTime }: PlotPointerProps) {
  const { from, to } = drawing;
  useEffect(() => forget, []);
  const timeAt = ({
    clientX,
    currentTarget,
  }: {
    readonly clientX: number;
    readonly currentTarget: Element;
  }): number => {
    const { left, width } = currentTarget.getBoundingClientRect();
    return Math.round(from + Math.min(1, Math.max(0, (clientX - left) / width)) * (to - from));
  };
  return (
    <g transform={`translate(${frame.left} ${frame.top})`}>
      <Cursor drawing={drawing} frame={frame} />
      <rect
        class="plot-over"
        width={frame.width}
        height={frame.height}
        onPointerMove={(event) => {
          pointed.value = timeAt(event);
        }}
        onPointerLeave={forget}
        onClick={(event) => {
          onTime(timeAt(event));
        }}
      />
    </g>
  );
}

function Cursor({ drawing, frame }: PlotPartProps) {
  const at = pointed.value;
  if (at === undefined || at < drawing.from || at > drawing.to) return null;
  const x = frame.x(at);
  const middle = Math.min(frame.width - half.readout, Math.max(half.readout, x));
  // Times of the axis under it are hidden as a whole.
  const under = frame.times.map(({ place }) => place).filter((place) => Math.abs(place - middle) < half.readout + 16);
  const [start, end] = [
    Math.min(middle - half.readout, ...under.map((place) => place - half.mark)),
    Math.max(middle + half.readout, ...under.map((place) => place + half.mark)),
  ];
  return (
    <g class="plot-cursor">
      <path d={`M${x} 0v${frame.height}`} />
      {dotsAt(drawing, frame, at).map(({ line, x: left, y }) => (
        <circle key={line} class="painted" cx={left} cy={y} r="4" style={paintAt(drawing.lines, line)} />
      ))}
      <rect x={start} y={frame.height + 5} width={end - start} height="16" />
      <text class="plot-time" x={middle} y={frame.height + 17}>
        {clockText(at)} UTC
      </text>
    </g>
  );
}
