import { useSignal } from '@preact/signals';
import { useRef } from 'preact/hooks';
import { snapshot } from '../state/store.ts';
import './actions.css';
import { StartPanel } from './start-panel.tsx';

/** Opens the form that starts an execution; nothing in a file that knows no state machine. */
export function StartButton() {
  const isOpen = useSignal(false);
  const button = useRef<HTMLButtonElement>(null);
  if (!IS_SERVED && (snapshot.value?.executions.length ?? 0) === 0) return null;
  return (
    <div class="run-actions">
      <p class="buttons">
        <button
          ref={button}
          type="button"
          class="button"
          aria-expanded={isOpen.value}
          onClick={() => {
            isOpen.value = !isOpen.value;
          }}
        >
          Start an execution
        </button>
      </p>
      {isOpen.value && (
        <StartPanel
          onClose={() => {
            isOpen.value = false;
            button.current?.focus();
          }}
        />
      )}
    </div>
  );
}
