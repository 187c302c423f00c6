import type { ComponentChildren } from 'preact';
import { capitalized } from '../../chart/capitalized.ts';
import { hueOfState, type ShownState } from '../../models/states.ts';

export { hueOfState } from '../../models/states.ts';

/** Shape of each state in a box of 12: the shape says it, the color repeats it. */
const shapes: Readonly<Record<ShownState, ComponentChildren>> = {
  running: (
    <>
      <circle cx="6" cy="6" r="4.75" class="stroke" />
      <path d="M6 1.25a4.75 4.75 0 0 1 0 9.5z" class="fill" />
    </>
  ),
  waiting: <circle cx="6" cy="6" r="4.75" class="stroke dashed" />,
  succeeded: (
    <>
      <circle cx="6" cy="6" r="5.5" class="fill" />
      <path d="M3.4 6.2l1.8 1.8 3.4-3.8" class="cut" />
    </>
  ),
  failed: (
    <>
      <path d="M6 .2 11.8 6 6 11.8.2 6z" class="fill" />
      <path d="M4.2 4.2l3.6 3.6M7.8 4.2 4.2 7.8" class="cut" />
    </>
  ),
  'timed out': (
    <>
      <circle cx="6" cy="6" r="4.75" class="stroke" />
      <path d="M6 3.2V6l2 1.4" class="stroke" />
    </>
  ),
  aborted: (
    <>
      <rect x=".8" y=".8" width="10.4" height="10.4" class="fill" />
      <path d="M3.2 6h5.6" class="cut" />
    </>
  ),
  stuck: <path d="M1.5.5h9v2L7 6l3.5 3.5v2h-9v-2L5 6 1.5 2.5z" class="fill" />,
  throttled: <path d="M1 1.5h10v2H1zM2.5 5h7v2h-7zM4 8.5h4v2H4z" class="fill" />,
  denied: (
    <>
      <circle cx="6" cy="6" r="4.75" class="stroke" />
      <path d="M2.7 2.7l6.6 6.6" class="stroke" />
    </>
  ),
};

/** Sign of a state; with a label where no word is next to it. */
export const Glyph = ({ state, label }: { readonly state: ShownState; readonly label?: string }) => (
  <svg
    class={`glyph is-${hueOfState(state)}`}
    viewBox="0 0 12 12"
    width="12"
    height="12"
    {...(label === undefined ? { 'aria-hidden': true } : { role: 'img', 'aria-label': label })}
  >
    {shapes[state]}
  </svg>
);

/** Sign of a state that says the state itself. */
export const LabeledGlyph = ({ state }: { readonly state: ShownState }) => <Glyph state={state} label={state} />;

/** Sign and word of a state. */
export function Chip({ state, children }: { readonly state: ShownState; readonly children?: ComponentChildren }) {
  return (
    <span class={`chip is-${hueOfState(state)}`}>
      <Glyph state={state} />
      {children ?? capitalized(state)}
    </span>
  );
}
