import { Problem } from '../../actions/action-panel.tsx';
import { goToExecution, useAction } from './use-action.ts';

export interface RedriveButtonProps {
  /** ARN of the execution. */
  readonly execution: string;
  readonly onDone: () => void;
}

/** Redrives an execution, and goes to it. */
export function RedriveButton({ execution, onDone }: RedriveButtonProps) {
  const { isBusy, error, take } = useAction();
  return (
    <>
      <p class="buttons">
        <button
          type="button"
          class="button primary"
          disabled={isBusy.value}
          onClick={() => {
            void take('redrive', { execution }, () => {
              onDone();
              return goToExecution(execution, 'the execution was redriven');
            });
          }}
        >
          Redrive the execution
        </button>
      </p>
      <Problem>{error.value}</Problem>
    </>
  );
}
