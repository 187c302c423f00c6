import { shownAs, stateWords } from '../../chart/alarms/alarm-words.ts';
import { stateSegments } from '../../chart/alarms/state-segments.ts';
import { clockText, countOf } from '../../chart/time-text.ts';
import type { AlarmModel } from '../../models/alarms.ts';
import { hueOfState } from '../parts/glyph.tsx';

export interface StateStripProps {
  readonly alarm: AlarmModel;
  readonly from: number;
  readonly to: number;
}

/** Segments of a strip at most: a row has no more pixels for them. */
const mostSegments = 60;

/** States of an alarm over time; a higher bar is worse. */
export function StateStrip({ alarm, from, to }: StateStripProps) {
  const segments = stateSegments(alarm, from, to).slice(-mostSegments);
  const share = (time: number): number => (100 * (time - from)) / (to - from || 1);
  const said = segments.slice(-4).map(({ state, from: at }) => `${stateWords[state]} from ${clockText(at)}`);
  const before = segments.length > said.length ? `after ${countOf(segments.length - said.length, 'change')}: ` : '';
  return (
    <svg
      class="state-strip"
      viewBox="0 0 100 14"
      preserveAspectRatio="none"
      role="img"
      aria-label={said.length === 0 ? 'no state yet' : `${before}${said.join(', ')} UTC`}
    >
      {segments.map(({ state, from: start, to: end }) => {
        const height = { ALARM: 14, INSUFFICIENT_DATA: 4, OK: 8 }[state];
        return (
          <rect
            key={start}
            class={`state-${state} is-${hueOfState(shownAs[state])}`}
            x={share(start)}
            width={Math.max(1, share(end) - share(start))}
            y={14 - height}
            height={height}
          />
        );
      })}
    </svg>
  );
}
