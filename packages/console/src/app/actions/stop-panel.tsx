import { useSignal } from '@preact/signals';
import { useId } from 'preact/hooks';
import { stopObstacle } from '../../models/actions.ts';
import { stopCommand } from '../../models/commands.ts';
import type { ExecutionModel } from '../../models/executions.ts';
import { StopButton } from '../live/acting/stop-button.tsx';
import { Command, Panel } from './action-panel.tsx';

export interface OnExecution {
  /** The execution as it is now. */
  readonly execution: ExecutionModel;
  readonly onClose: () => void;
}

/** Stops an execution, with an error and a cause. */
export function StopPanel({ execution, onClose }: OnExecution) {
  const stoppedError = useSignal('');
  const cause = useSignal('');
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
          {IS_SERVED && <StopButton request={request} onDone={onClose} />}
          <Command text={stopCommand(request)} account={execution.account} />
        </>
      ) : (
        <p>{`It cannot be stopped: ${obstacle}.`}</p>
      )}
    </Panel>
  );
}
