import { useSignal } from '@preact/signals';
import { useId } from 'preact/hooks';
import { usedPermissions } from '../../models/actions.ts';
import type { ExecutionModel } from '../../models/executions.ts';
import { BreakPermission } from '../live/acting/break-permission.tsx';
import { snapshot } from '../state/store.ts';
import { Panel } from './action-panel.tsx';
import { roleName } from './role-name.ts';

export interface BreakPanelProps {
  readonly family: readonly ExecutionModel[];
  readonly onClose: () => void;
}

/** Permissions that a run has used: one of them can be taken from its role. */
export function BreakPanel({ family, onClose }: BreakPanelProps) {
  const used = snapshot.value ? usedPermissions(snapshot.value, family) : [];
  const chosen = useSignal(0);
  const id = useId();
  const permission = used[chosen.value];
  if (!permission) {
    return (
      <Panel label="Break a permission" onClose={onClose}>
        <p>No role of this run was allowed a call yet, so that there is nothing to take away.</p>
      </Panel>
    );
  }
  return (
    <Panel label="Break a permission" onClose={onClose}>
      <label for={id}>Permission that this run has used</label>
      <select
        id={id}
        value={chosen.value}
        onChange={({ currentTarget }) => {
          chosen.value = Number(currentTarget.value);
        }}
      >
        {used.map(({ role, action }, index) => (
          <option key={`${role} ${action}`} value={index}>
            {`${action} of ${roleName(role)}`}
          </option>
        ))}
      </select>
      {IS_SERVED ? (
        <BreakPermission permission={permission} />
      ) : (
        <p>A file cannot do it, and does not know the policy: npx crosswind console can.</p>
      )}
    </Panel>
  );
}
