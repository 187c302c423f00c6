import type { ComponentChildren } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';
import { credentialsCommand } from '../../models/commands.ts';
import { CopyButton } from '../parts/copy-button.tsx';
import { Code, Name } from '../parts/name.tsx';

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
  const command = IS_SERVED ? `${credentialsCommand(account, location.port, role)}\n${text}` : text;
  return (
    <div class="command">
      <p class="quiet">{IS_SERVED ? 'The same as a command:' : 'A file cannot do it. This command does:'}</p>
      <Code text={command} label="Command" />
      <p class="buttons">
        <CopyButton text={command} what="command" />
      </p>
    </div>
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
