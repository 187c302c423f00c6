import type { TimeScale } from '../../chart/idle-collapse.ts';
import { clockText, exactClockText } from '../../chart/time-text.ts';
import { pressed, type useZoom } from './use-zoom.ts';

/** Buttons of the zoom, and the time that is shown. Keys press the buttons. */
export function ZoomTools({ zoom }: { readonly zoom: ReturnType<typeof useZoom> }) {
  const button = (name: string, sign: string, label: string, press: () => void, isOff = false) => (
    <button
      type="button"
      class="button small"
      data-zoom={name}
      aria-label={label}
      aria-disabled={isOff}
      onClick={press}
    >
      {sign}
    </button>
  );
  return (
    <>
      {button('in', '+', 'Zoom in', () => {
        zoom.by(pressed);
      })}
      {button(
        'out',
        '−',
        'Zoom out',
        () => {
          zoom.by(1 / pressed);
        },
        zoom.isWhole,
      )}
      {button(
        'left',
        '←',
        'Earlier',
        () => {
          zoom.move(-0.5);
        },
        zoom.isWhole,
      )}
      {button(
        'right',
        '→',
        'Later',
        () => {
          zoom.move(0.5);
        },
        zoom.isWhole,
      )}
      {button('all', 'All', 'All of the time', zoom.all, zoom.isWhole)}
      <span class="quiet">{shownText(zoom.scale)}</span>
    </>
  );
}

/** The time that is shown, to the millisecond where it is short. */
function shownText({ segments }: TimeScale): string {
  const [from, to] = [segments[0]?.from ?? 0, segments.at(-1)?.to ?? 0];
  const text = to - from < 10_000 ? exactClockText : clockText;
  return `${text(from)} to ${text(to)} UTC`;
}
