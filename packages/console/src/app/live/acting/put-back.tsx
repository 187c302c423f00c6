import { useLayoutEffect, useRef } from 'preact/hooks';
import { Problem } from '../../actions/action-panel.tsx';
import { announcement } from '../../state/store.ts';
import { useAction } from './use-action.ts';

/** A permission that was taken from a role, with the statements that give it back. */
export interface Broken {
  readonly role: string;
  readonly action: string;
  readonly statements: readonly object[];
}

/** Gives a permission back. */
export function PutBack({ broken, onDone }: { readonly broken: Broken; readonly onDone: () => void }) {
  const { isBusy, error, take } = useAction();
  const { role, action, statements } = broken;
  const button = useRef<HTMLButtonElement>(null);
  useLayoutEffect(() => {
    // The button that was pressed is gone.
    button.current?.focus();
  }, []);
  return (
    <>
      <button
        ref={button}
        type="button"
        class="button"
        disabled={isBusy.value}
        onClick={() => {
          void take('fix-permission', { document: 'identity policy', of: role, statements }, () => {
            announcement.value = `${action} was given back to the role`;
            onDone();
          });
        }}
      >
        {`Put ${action} back`}
      </button>
      <Problem>{error.value}</Problem>
    </>
  );
}
