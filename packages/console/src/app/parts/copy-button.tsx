import { useSignal } from '@preact/signals';
import { useLayoutEffect, useRef } from 'preact/hooks';
import { copy } from '../state/copy.ts';
import { wantsFix } from '../state/store.ts';

export interface CopyButtonProps {
  readonly text: string;
  /** The noun of what is copied: `statement`, `command`. */
  readonly what: string;
  /** True for the one that the key `y` presses, and that takes the focus after `Explain and fix`. */
  readonly isFix?: boolean;
}

/** Copies text. */
export function CopyButton({ text, what, isFix = false }: CopyButtonProps) {
  const isCopied = useSignal(false);
  const button = useRef<HTMLButtonElement>(null);
  useLayoutEffect(() => {
    if (!isFix || !wantsFix.value) return;
    wantsFix.value = false;
    button.current?.focus();
  }, []);
  return (
    <button
      ref={button}
      type="button"
      class={isFix ? 'button primary' : 'button'}
      data-copy-fix={isFix ? '' : undefined}
      onClick={() => {
        void copy(text, what).then((done) => {
          isCopied.value = done;
        });
      }}
    >
      {isCopied.value ? `Copied ${what}` : `Copy ${what}`}
      {isFix && <kbd>y</kbd>}
    </button>
  );
}
