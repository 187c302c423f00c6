import { redriveObstacle } from '../../models/actions.ts';
import { redriveCommand } from '../../models/commands.ts';
import { RedriveButton } from '../live/acting/redrive-button.tsx';
import { snapshot } from '../state/store.ts';
import { Command, Panel } from './action-panel.tsx';
import type { OnExecution } from './stop-panel.tsx';

/** Redrives an execution from where it ended, or says why that is not possible. */
export function RedrivePanel({ execution, onClose }: OnExecution) {
  const { arn } = execution;
  const events = snapshot.value?.events.find((each) => each.execution === arn)?.total ?? 0;
  const obstacle = redriveObstacle(execution, events, snapshot.value?.at ?? 0);
  return (
    <Panel label="Redrive the execution" onClose={onClose}>
      {obstacle === undefined ? (
        <>
          <p>It goes on from the state that did not succeed, with the same input and definition.</p>
          {IS_SERVED && <RedriveButton execution={arn} onDone={onClose} />}
          <Command text={redriveCommand(arn)} account={execution.account} />
        </>
      ) : (
        <p>{`It cannot be redriven: ${obstacle}.`}</p>
      )}
    </Panel>
  );
}
