import { redriveObstacle } from '../../models/actions.ts';
import { redriveCommand } from '../../models/commands.ts';
import { server } from '../state/ask.ts';
import { snapshot } from '../state/store.ts';
import { Command, Panel, Problem } from './action-panel.tsx';
import type { OnExecution } from './stop-panel.tsx';
import { goToExecution, useAction } from './use-action.ts';

/** Redrives an execution from where it ended, or says why that is not possible. */
export function RedrivePanel({ execution, onClose }: OnExecution) {
  const { isBusy, error, take } = useAction();
  const { arn } = execution;
  const events = snapshot.value?.events.find((each) => each.execution === arn)?.total ?? 0;
  const obstacle = redriveObstacle(execution, events, snapshot.value?.at ?? 0);
  return (
    <Panel label="Redrive the execution" onClose={onClose}>
      {obstacle === undefined ? (
        <>
          <p>It goes on from the state that did not succeed, with the same input and definition.</p>
          <p class="buttons">
            {server.value && (
              <button
                type="button"
                class="button primary"
                disabled={isBusy.value}
                onClick={() => {
                  void take('redrive', { execution: arn }, () => {
                    onClose();
                    return goToExecution(arn, 'the execution was redriven');
                  });
                }}
              >
                Redrive the execution
              </button>
            )}
          </p>
          <Problem>{error.value}</Problem>
          <Command text={redriveCommand(arn)} account={execution.account} />
        </>
      ) : (
        <p>{`It cannot be redriven: ${obstacle}.`}</p>
      )}
    </Panel>
  );
}
