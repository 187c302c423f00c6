import { type GameLine, placeOfMinute } from '../../chart/game-lines.ts';

/** Minutes of an alarm: a bar where it was due, a disc where it fired, a diamond where that was wrong. Words next to it say the same. */
export function AlarmAxis({ line, longest }: { readonly line: GameLine; readonly longest: number }) {
  const { due, fired, isRight } = line;
  const percent = (minute: number): string => `${placeOfMinute(minute, longest) * 100}%`;
  return (
    <span class="alarm-axis" aria-hidden="true">
      {due && (
        <span
          class="alarm-due"
          style={{
            left: percent(due[0]),
            width: `max(2px, ${(placeOfMinute(due[1], longest) - placeOfMinute(due[0], longest)) * 100}%)`,
          }}
        />
      )}
      {fired !== undefined && (
        <svg
          class={isRight ? 'alarm-fired is-done' : 'alarm-fired is-bad'}
          style={{ left: percent(fired) }}
          viewBox="0 0 12 12"
          width="12"
          height="12"
        >
          {isRight ? <circle cx="6" cy="6" r="4.5" /> : <path d="M6 .2 11.8 6 6 11.8.2 6z" />}
        </svg>
      )}
    </span>
  );
}
