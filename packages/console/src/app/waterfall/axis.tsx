import type { TimeScale } from '../../chart/idle-collapse.ts';
import { clockText, durationText } from '../../chart/time-text.ts';
import { ticksOf } from '../../chart/waterfall-scale.ts';

/** Pixels that the length of collapsed time needs. */
const roomOfIdle = 72;

/** Marks of a scale: the time at its left end, and time since the start of the run. */
export function Axis({ scale, start }: { readonly scale: TimeScale; readonly start: number }) {
  const first = scale.segments[0];
  const isIdleFirst = first?.isIdle === true && first.width > roomOfIdle;
  return (
    <>
      {!isIdleFirst && (
        <span class="tick" style={{ left: '0' }}>
          {clockText(first?.from ?? 0)}
        </span>
      )}
      {ticksOf(scale, start)
        .filter(({ x }) => x >= 72)
        .map(({ x, after }) => (
          <span key={after} class="tick" style={{ left: `${x}px` }}>
            +{durationText(after).replace('.00', '')}
          </span>
        ))}
      {scale.segments
        .filter(({ isIdle }) => isIdle)
        .map(({ x, width, from, to }) => (
          <span key={from} class="tick idle" style={{ left: `${x}px`, width: `${width}px` }}>
            {width > roomOfIdle && `${durationText(to - from)} idle`}
          </span>
        ))}
    </>
  );
}
