import { useSignal } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';
import { credentialsCommand } from '../../models/commands.ts';
import { CopyButton } from '../parts/copy-button.tsx';
import { Code, Name } from '../parts/name.tsx';
import { server } from '../state/ask.ts';

/** Error of an action, at the place of its button. */
export const Problem = ({ children }: { readonly children: string | undefined }) =>
  children === undefined ? null : (
    <p class="problem" role="alert">
      <Name>{children}</Name>
    </p>
  );

export interface CommandProps {
  readonly text: string;
  readonly account: string;
  /**
   * True if only an administrator of the account may run it.
   *
   * @default false
   */
  readonly isOfAdministrator?: boolean;
}

/** The same as a command to copy; for a served sandbox with the credentials that it needs. */
export function Command({ text, account, isOfAdministrator = false }: CommandProps) {
  const role = isOfAdministrator ? 'admin' : undefined;
  const command = server.value ? `${credentialsCommand(account, location.port, role)}\n${text}` : text;
  return (
    <div class="command">
      <p class="quiet">{server.value ? 'The same as a command:' : 'A file cannot do it. This command does:'}</p>
      <Code text={command} label="Command" />
      <p class="buttons">
        <CopyButton text={command} what="command" />
      </p>
    </div>
  );
}

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

/** A panel below its button; `Esc` closes it, wherever the focus is. */
export function Panel({
  label,
  onClose,
  children,
}: {
  readonly label: string;
  readonly onClose: () => void;
  readonly children: ComponentChildren;
}) {
  const heading = useRef<HTMLHeadingElement>(null);
  useLayoutEffect(() => {
    heading.current?.focus();
  }, []);
  return (
    <section class="card panel" aria-label={label}>
      <header>
        <h2 ref={heading} tabIndex={-1}>
          {label}
        </h2>
        <button type="button" class="button small" data-close="" onClick={onClose}>
          Close <kbd>Esc</kbd>
        </button>
      </header>
      {children}
    </section>
  );
}
