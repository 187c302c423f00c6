import { Problem } from '../../actions/action-panel.tsx';
import { goToExecution, useAction } from './use-action.ts';

export interface StartSubmitProps {
  readonly request: { readonly machine: string; readonly input: string; readonly name: string };
  /** False while something of the request is wrong. */
  readonly isReady: boolean;
  readonly onDone: () => void;
}

/** Starts an execution, and goes to it. The browser clicks it for somebody who presses Enter in the form. */
export function StartSubmit({ request, isReady, onDone }: StartSubmitProps) {
  const { isBusy, error, take } = useAction();
  return (
    <>
      <p class="buttons">
        <button
          type="submit"
          class="button primary"
          disabled={isBusy.value || !isReady}
          onClick={() => {
            void take('start', request, (answer) => {
              const { execution } = answer as { readonly execution: string };
              onDone();
              return goToExecution(execution, 'the execution has started');
            });
          }}
        >
          Start the execution
        </button>
      </p>
      <Problem>{error.value}</Problem>
    </>
  );
}
