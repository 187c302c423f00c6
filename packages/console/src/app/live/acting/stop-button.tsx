import { Problem } from '../../actions/action-panel.tsx';
import { Confirmed } from './confirmed.tsx';
import { goToExecution, useAction } from './use-action.ts';

export interface StopButtonProps {
  readonly request: { readonly execution: string; readonly error: string; readonly cause: string };
  readonly onDone: () => void;
}

/** Stops an execution, after a question. */
export function StopButton({ request, onDone }: StopButtonProps) {
  const { isBusy, error, take } = useAction();
  return (
    <>
      <p class="buttons">
        <Confirmed
          question="Stop it? What it has started and waits for is stopped, too, where its role may do that."
          yes="Yes, stop it"
          no="No, let it run"
          isBusy={isBusy.value}
          onYes={() => {
            void take('stop', request, () => {
              onDone();
              return goToExecution(request.execution, 'the execution was stopped');
            });
          }}
        >
          Stop the execution
        </Confirmed>
      </p>
      <Problem>{error.value}</Problem>
    </>
  );
}
