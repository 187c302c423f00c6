import { useSignal } from '@preact/signals';
import { useId } from 'preact/hooks';
import { stopObstacle } from '../../models/actions.ts';
import { stopCommand } from '../../models/commands.ts';
import type { ExecutionModel } from '../../models/executions.ts';
import { server } from '../state/ask.ts';
import { Command, Confirmed, Panel, Problem } from './action-panel.tsx';
import { goToExecution, useAction } from './use-action.ts';

export interface OnExecution {
  /** The execution as it is now. */
  readonly execution: ExecutionModel;
  readonly onClose: () => void;
}

/** Stops an execution, with an error and a cause. */
export function StopPanel({ execution, onClose }: OnExecution) {
  const stoppedError = useSignal('');
  const cause = useSignal('');
  const { isBusy, error, take } = useAction();
  const id = useId();
  const obstacle = stopObstacle(execution);
  const request = { execution: execution.arn, error: stoppedError.value, cause: cause.value };
  return (
    <Panel label="Stop the execution" onClose={onClose}>
      {obstacle === undefined ? (
        <>
          <label for={`${id}-error`}>Error (may stay empty)</label>
          <input
            id={`${id}-error`}
            type="text"
            autocomplete="off"
            maxLength={256}
            value={stoppedError.value}
            onInput={({ currentTarget }) => {
              stoppedError.value = currentTarget.value;
            }}
          />
          <label for={`${id}-cause`}>Cause (may stay empty)</label>
          <input
            id={`${id}-cause`}
            type="text"
            autocomplete="off"
            maxLength={32_768}
            value={cause.value}
            onInput={({ currentTarget }) => {
              cause.value = currentTarget.value;
            }}
          />
          <p class="buttons">
            {server.value && (
              <Confirmed
                question="Stop it? What it has started and waits for is stopped, too, where its role may do that."
                yes="Yes, stop it"
                no="No, let it run"
                isBusy={isBusy.value}
                onYes={() => {
                  void take('stop', request, () => {
                    onClose();
                    return goToExecution(execution.arn, 'the execution was stopped');
                  });
                }}
              >
                Stop the execution
              </Confirmed>
            )}
          </p>
          <Problem>{error.value}</Problem>
          <Command text={stopCommand(request)} account={execution.account} />
        </>
      ) : (
        <p>{`It cannot be stopped: ${obstacle}.`}</p>
      )}
    </Panel>
  );
}
