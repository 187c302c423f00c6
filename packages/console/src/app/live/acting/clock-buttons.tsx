import { useSignal } from '@preact/signals';
import { clockText } from '../../../chart/time-text.ts';
import { type ClockCommand, type ClockModel, clockWords, speedOf } from '../../../models/clock.ts';
import '../../actions/actions.css';
import { Problem } from '../../actions/action-panel.tsx';
import { useAction } from './use-action.ts';

const words: readonly (readonly [clock: ClockCommand, word: string])[] = [
  ['pause', 'Pause'],
  ['next', 'Next event'],
  ['1x', '1x'],
  ['60x', '60x'],
  ['fast', 'As fast as it can'],
];

/** Speed of the virtual clock, in words and as buttons. */
export function ClockButtons({ clock }: { readonly clock: ClockModel }) {
  const { error, take } = useAction();
  const asked = useSignal<ClockCommand | undefined>(undefined);
  const speed = clock.isStepping ? undefined : speedOf(clock);
  return (
    <div class="clock">
      <div class="clock-buttons" role="group" aria-label="Speed of the clock">
        {words.map(([name, word]) => (
          <button
            key={name}
            type="button"
            class="button small"
            aria-pressed={name === 'next' ? undefined : name === speed}
            onClick={() => {
              asked.value = name;
              void take('clock', { clock: name });
            }}
          >
            {word}
          </button>
        ))}
      </div>
      <p class="clock-words">
        <strong>{clockWords(clock)}</strong>
        <span class="quiet">{nextWords(clock)}</span>
      </p>
      <Problem>{error.value}</Problem>
    </div>
  );
}

function nextWords({ nextAt, isWorking }: ClockModel): string {
  if (nextAt !== null) return `next event planned at ${clockText(nextAt)} UTC`;
  return isWorking ? 'next event: the end of what runs' : 'no event is planned';
}
