import { countOf, durationText } from '../../chart/time-text.ts';
import { boxPaths } from '../../chart/box-paths.ts';
import { columnsOf } from '../../chart/worst-state.ts';
import type { BatchRow } from '../../models/batches.ts';
import { stateOfStatus } from '../../models/states.ts';
import { hueOfState } from '../parts/glyph.tsx';
import { useWidth } from '../parts/use-width.ts';

/** Pixels of the bars, and of the marks of failures above them. */
const high = 120;
const markRoom = 12;

/** Every batch in the order of its start: height is duration, merged to the worst state where there is no room. */
export function Strip({ batches, now }: { readonly batches: readonly BatchRow[]; readonly now: number }) {
  const { ref, width } = useWidth();
  const bars = batches.map(({ status, startedAt, stoppedAt }) => ({
    status,
    duration: (stoppedAt ?? now) - startedAt,
  }));
  const columns = width.value === 0 ? [] : columnsOf(bars, width.value / 2);
  const longest = columns.reduce((most, { duration }) => Math.max(most, duration), 1);
  const sorted = bars.map(({ duration }) => duration).sort((one, other) => one - other);
  const at = (part: number): number => sorted[Math.floor((sorted.length - 1) * part)] ?? 0;
  const step = Math.min(24, width.value / Math.max(1, columns.length));
  const y = (duration: number): number => markRoom + high - (duration / longest) * high;
  const boxes = columns.map(({ status, duration }, index) => ({
    kind: hueOfState(stateOfStatus(status)),
    x: index * step,
    y: y(duration),
    width: Math.max(1, step - (step > 3 ? 1 : 0)),
    height: high + markRoom - y(duration),
  }));
  // Color is never alone: what failed has a mark above it.
  const marks = boxes.flatMap(({ kind, x }) => (kind === 'bad' ? [`M${x + step / 2 - 4} 1h8l-4 7z`] : []));
  const failed = bars.filter(({ status }) => stateOfStatus(status) === 'failed').length;
  const sentence = `${countOf(bars.length, 'batch', 'batches')} in the order of their start, ${failed} failed; half took ${durationText(at(0.5))} or less, 95 % took ${durationText(at(0.95))} or less, the longest ${durationText(at(1))}`;
  return (
    <figure class="strip-box" ref={ref}>
      <svg width={width.value} height={high + markRoom} role="img" aria-label={sentence}>
        {[...boxPaths(boxes)].map(([hue, path]) => (
          <path key={hue} class={`span is-${hue}`} d={path} />
        ))}
        <path class="span is-bad" d={marks.join('')} />
        {[0.5, 0.95].map((part) => (
          <line key={part} class="limit" x1="0" x2={width.value} y1={y(at(part))} y2={y(at(part))} />
        ))}
      </svg>
      <figcaption>{sentence}</figcaption>
    </figure>
  );
}
