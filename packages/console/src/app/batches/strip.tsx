import { useMemo } from 'preact/hooks';
import { countOf, durationText } from '../../chart/time-text.ts';
import { type BatchFigures, lengthOf } from '../../chart/batch-figures.ts';
import { boxPaths } from '../../chart/box-paths.ts';
import { columnsOf } from '../../chart/worst-state.ts';
import type { BatchRow } from '../../models/batches.ts';
import { stateOfStatus } from '../../models/states.ts';
import { hueOfState } from '../parts/glyph.tsx';
import { useWidth } from '../parts/use-width.ts';

/** Pixels of the bars, and of the marks of failures above them. */
const high = 120;
const markRoom = 20;

/** Pixels of a bar at most. */
const widestBar = 24;

export interface StripProps {
  readonly batches: readonly BatchRow[];
  readonly figures: BatchFigures;
  readonly now: number;
}

/** Every batch in the order of its start: height is duration, merged to the worst state where there is no room. */
export function Strip({ batches, figures, now }: StripProps) {
  const { ref, width } = useWidth();
  const { boxes, marks } = useMemo(() => drawingOf(batches, figures, now, width.value), [batches, now, width.value]);
  const { failed, half, most, longest } = figures;
  const sentence = `${countOf(batches.length, 'batch', 'batches')} in the order of their start, ${failed} failed; half took ${durationText(half)} or less, 95 % took ${durationText(most)} or less, the longest ${durationText(longest)}`;
  return (
    <figure class="strip-box" ref={ref}>
      <svg width={width.value} height={high + markRoom} role="img" aria-label={sentence}>
        {[...boxPaths(boxes)].map(([hue, path]) => (
          <path key={hue} class={`span is-${hue}`} d={path} />
        ))}
        <path class="span is-bad" d={marks} />
        {batches.length > 1 && (
          <>
            <Limit value={half} text="half took" longest={longest} width={width.value} />
            {/* Two lines at one place would hide each other's words. */}
            {heightOf(most, longest) - heightOf(half, longest) > 14 && (
              <Limit value={most} text="95 % took" longest={longest} width={width.value} />
            )}
          </>
        )}
      </svg>
      <figcaption>{sentence}</figcaption>
    </figure>
  );
}

const heightOf = (value: number, longest: number): number => (value / Math.max(1, longest)) * high;

interface LimitProps {
  readonly value: number;
  readonly text: string;
  readonly longest: number;
  readonly width: number;
}

function Limit({ value, text, longest, width }: LimitProps) {
  const y = markRoom + high - heightOf(value, longest);
  return (
    <>
      <line class="limit" x1="0" x2={width} y1={y} y2={y} />
      <text
        class="limit-text"
        text-anchor="end"
        x={width - 4}
        y={Math.max(11, y - 4)}
      >{`${text} ${durationText(value)} or less`}</text>
    </>
  );
}

function drawingOf(batches: readonly BatchRow[], { longest }: BatchFigures, now: number, width: number) {
  const bars = batches.map((batch) => ({ status: batch.status, duration: lengthOf(batch, now) }));
  const columns = width === 0 ? [] : columnsOf(bars, width);
  const step = Math.min(widestBar, width / Math.max(1, columns.length));
  const boxes = columns.map(({ status, duration }, index) => {
    const height = heightOf(duration, longest);
    const kind = hueOfState(stateOfStatus(status));
    return {
      kind,
      x: index * step,
      y: markRoom + high - height,
      width: Math.max(1, step - (step > 3 ? 1 : 0)),
      height,
    };
  });
  // Failures are drawn last; color is never alone, so each has a mark above it.
  const failed = boxes.filter(({ kind }) => kind === 'bad');
  return {
    boxes: [...boxes.filter(({ kind }) => kind !== 'bad'), ...failed],
    marks: failed.map(({ x }) => `M${Math.round((x + step / 2) * 100) / 100 - 4} 1h8l-4 7z`).join(''),
  };
}
