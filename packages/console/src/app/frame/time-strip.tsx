import { useMemo } from 'preact/hooks';
import { clockText, dayText, durationText } from '../../chart/time-text.ts';
import { stripRuns } from '../../chart/strip-runs.ts';
import { statedRuns } from '../../models/family.ts';
import type { Snapshot } from '../../models/snapshot.ts';
import { ChangeMarks } from '../actions/change-marks.tsx';
import { ClockButtons } from '../live/acting/clock-buttons.tsx';
import { Glyph, hueOfState } from '../parts/glyph.tsx';
import { PressButton } from '../parts/press-button.tsx';
import { address, replace } from '../state/store.ts';

export interface TimeStripProps {
  /** Everything that is known. */
  readonly snapshot: Snapshot;
  /** The time that all views show. */
  readonly now: number;
}

/** Marks of the axis at most. */
const mostMarks = 8;

/** Marks of runs at most: more runs are drawn together. */
const mostRuns = 200;

/** Steps of the slider. */
const steps = 1_000;

/** The clock of all views: moving it moves them together. */
export function TimeStrip({ snapshot, now }: TimeStripProps) {
  const runs = statedRuns(snapshot);
  const from = useMemo(
    () => runs.reduce((first, { run }) => Math.min(first, run.startedAt), snapshot.at - 1),
    [snapshot],
  );
  const to = snapshot.at;
  const share = (time: number): string => `${(100 * (Math.min(to, Math.max(from, time)) - from)) / (to - from)}%`;
  const isEnd = now >= to;
  const isLive = IS_SERVED && snapshot.simulated;
  const end = isLive ? 'Live' : 'End of the run';
  // The runs of the whole strip do not change while it moves.
  const drawn = useMemo(
    () =>
      stripRuns(runs, { from, to }, mostRuns).map((run) => (
        <span key={run.key} aria-hidden="true">
          <span
            class={`strip-run is-${hueOfState(run.state)}`}
            style={{ left: share(run.from), right: `calc(100% - ${share(run.to)})` }}
          />
          <span class="strip-glyph" style={{ left: share(run.from) }}>
            <Glyph state={run.state} />
          </span>
        </span>
      )),
    [snapshot],
  );
  return (
    <section class="strip" aria-label={snapshot.simulated ? 'Virtual time' : 'Recorded time'}>
      <p class="strip-now">
        <strong>{clockText(now)} UTC</strong>
        <span>
          {dayText(now)}, {snapshot.simulated ? 'virtual' : 'recorded'}
        </span>
      </p>
      <div class="strip-line">
        {marks(from, to).map((at) => (
          <span key={at} class="strip-mark" style={{ left: share(at) }}>
            {clockText(at).slice(0, to - from > 600_000 ? 5 : 8)}
          </span>
        ))}
        {drawn}
        <span class="needle" style={{ left: share(now) }} aria-hidden="true" />
        <ChangeMarks changes={snapshot.sections.changes} from={from} to={to} />
        <input
          type="range"
          aria-label={snapshot.simulated ? 'Virtual time' : 'Recorded time'}
          aria-valuetext={`${clockText(now)} UTC, ${isEnd ? end.toLowerCase() : `${durationText(to - now)} before ${isLive ? 'now' : 'the end'}`}`}
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
      <PressButton
        isPressed={isEnd}
        onPress={() => {
          replace({ ...address.value, at: undefined });
        }}
      >
        {end}
      </PressButton>
      {IS_SERVED && snapshot.simulated && snapshot.sections.clock && <ClockButtons clock={snapshot.sections.clock} />}
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
