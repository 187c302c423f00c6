import { clockText, dayText, durationText } from '../../chart/time-text.ts';
import { shownState } from '../../models/family.ts';
import type { Snapshot } from '../../models/snapshot.ts';
import { Glyph, hueOfState } from '../parts/glyph.tsx';
import { address, replace } from '../state/store.ts';

export interface TimeStripProps {
  /** Everything that is known. */
  readonly snapshot: Snapshot;
  /** The time that all views show. */
  readonly now: number;
}

/** Marks of the axis at most. */
const mostMarks = 8;

/** Steps of the slider. */
const steps = 1_000;

/** The clock of all views: moving it moves them together. */
export function TimeStrip({ snapshot, now }: TimeStripProps) {
  const runs = snapshot.executions.filter(({ parent }) => parent === null);
  const from = runs.reduce((first, { startedAt }) => Math.min(first, startedAt), snapshot.at - 1);
  const to = snapshot.at;
  const share = (time: number): string => `${(100 * (Math.min(to, Math.max(from, time)) - from)) / (to - from)}%`;
  const isEnd = now >= to;
  return (
    <section class="strip" aria-label="Virtual time">
      <p class="strip-now">
        <strong>{clockText(now)} UTC</strong>
        <span>{dayText(now)}, virtual</span>
      </p>
      <div class="strip-line">
        {marks(from, to).map((at) => (
          <span key={at} class="strip-mark" style={{ left: share(at) }}>
            {clockText(at).slice(0, to - from > 600_000 ? 5 : 8)}
          </span>
        ))}
        {runs.slice(0, 200).map((run) => {
          const state = shownState(run, snapshot.verdict);
          const end = run.stoppedAt ?? to;
          return (
            <span key={run.arn} aria-hidden="true">
              <span
                class={`strip-run is-${hueOfState(state)}`}
                style={{ left: share(run.startedAt), right: `calc(100% - ${share(end)})` }}
              />
              <span class="strip-glyph" style={{ left: share(run.startedAt) }}>
                <Glyph state={state} />
              </span>
            </span>
          );
        })}
        <span class="needle" style={{ left: share(now) }} aria-hidden="true" />
        <input
          type="range"
          aria-label="Virtual time"
          aria-valuetext={`${clockText(now)} UTC, ${isEnd ? 'end of the run' : `${durationText(to - now)} before the end`}`}
          min={0}
          max={steps}
          step={1}
          value={Math.round((steps * (now - from)) / (to - from))}
          onInput={({ currentTarget }) => {
            const at = from + (currentTarget.valueAsNumber / steps) * (to - from);
            replace({ ...address.value, at: currentTarget.valueAsNumber >= steps ? undefined : Math.round(at) });
          }}
        />
      </div>
      <button
        type="button"
        class="button small"
        aria-pressed={isEnd}
        onClick={() => {
          replace({ ...address.value, at: undefined });
        }}
      >
        End of the run
      </button>
    </section>
  );
}

/** Round times of the strip. */
function marks(from: number, to: number): readonly number[] {
  const step = [1, 2, 5, 10, 30, 60, 120, 300, 600, 1_800, 3_600, 7_200, 21_600, 86_400]
    .map((seconds) => seconds * 1_000)
    .find((each) => (to - from) / each <= mostMarks);
  const distance = step ?? (to - from) / mostMarks;
  const first = Math.ceil(from / distance) * distance;
  return Array.from({ length: mostMarks + 1 }, (_, index) => first + index * distance).filter((at) => at <= to);
}
