import { useSignal } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import { act } from '../../state/ask.ts';
import { errorText } from '../../state/error-text.ts';
import { announcement } from '../../state/store.ts';

export interface ActButtonProps {
  /** A game day by its name, or the wish to end the one that is played. */
  readonly what: object;
  readonly children: ComponentChildren;
}

/** Starts a game day or ends it; a refusal is shown next to the button. */
export function ActButton({ what, children }: ActButtonProps) {
  const isAsked = useSignal(false);
  const refusal = useSignal<string | undefined>(undefined);
  return (
    <>
      <button
        type="button"
        class="button"
        disabled={isAsked.value}
        onClick={() => {
          isAsked.value = true;
          refusal.value = undefined;
          act('gameday', what)
            .catch((error: unknown) => {
              refusal.value = errorText(error);
              announcement.value = refusal.value;
            })
            .finally(() => {
              isAsked.value = false;
            });
        }}
      >
        {children}
      </button>
      {refusal.value !== undefined && <p class="quiet">{refusal.value}</p>}
    </>
  );
}
