import { useSignal } from '@preact/signals';
import { useLayoutEffect, useRef } from 'preact/hooks';

export interface ConfirmedProps {
  /** Words of the button, for example `Stop the execution`. */
  readonly children: string;
  /** Question that is asked in its place. */
  readonly question: string;
  /** Words of the button that does it, and of the one that does not. */
  readonly yes: string;
  readonly no: string;
  readonly isBusy: boolean;
  readonly onYes: () => void;
}

/** A button that asks in its place before it does something: a single key never does it. */
export function Confirmed({ children, question, yes, no, isBusy, onYes }: ConfirmedProps) {
  const isAsked = useSignal(false);
  const wasAsked = useRef(false);
  const first = useRef<HTMLButtonElement>(null);
  const refusal = useRef<HTMLButtonElement>(null);
  useLayoutEffect(() => {
    if (isAsked.value) refusal.current?.focus();
    else if (wasAsked.current) first.current?.focus();
    wasAsked.current = isAsked.value;
  }, [isAsked.value]);
  if (!isAsked.value)
    return (
      <button
        ref={first}
        type="button"
        class="button primary"
        aria-disabled={isBusy}
        onClick={() => {
          isAsked.value = true;
        }}
      >
        {children}
      </button>
    );
  return (
    <span class="question" role="group" aria-label={question}>
      <span>{question}</span>
      <button
        type="button"
        class="button primary"
        onClick={() => {
          isAsked.value = false;
          onYes();
        }}
      >
        {yes}
      </button>
      <button
        ref={refusal}
        type="button"
        class="button"
        onClick={() => {
          isAsked.value = false;
        }}
      >
        {no}
      </button>
    </span>
  );
}
