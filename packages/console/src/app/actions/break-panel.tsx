import { useSignal } from '@preact/signals';
import { useEffect, useId } from 'preact/hooks';
import { type UsedPermission, usedPermissions } from '../../models/actions.ts';
import type { ExecutionModel } from '../../models/executions.ts';
import { accountName } from '../../models/lookup.ts';
import { BreakPermission } from '../live/acting/break-permission.tsx';
import { snapshot } from '../state/store.ts';
import { Panel } from './action-panel.tsx';
import { roleName } from './role-name.ts';

export interface BreakPanelProps {
  readonly family: readonly ExecutionModel[];
  readonly onClose: () => void;
}

const keyOf = ({ role, action }: UsedPermission): string => `${role} ${action}`;

/** Name of the account of the role, or its id. */
function accountOf({ role }: UsedPermission): string {
  const id = role.split(':')[4] ?? '';
  return accountName(snapshot.value?.accounts ?? [], id) ?? id;
}

/** Permissions that were used while a run ran: one of them can be taken from its role. */
export function BreakPanel({ family, onClose }: BreakPanelProps) {
  const used = snapshot.value ? usedPermissions(snapshot.value, family) : [];
  // The list grows while one looks: a place in it would become another permission.
  const chosen = useSignal<string | undefined>(undefined);
  const id = useId();
  const permission = used.find((each) => keyOf(each) === chosen.value) ?? used[0];
  const shown = permission && keyOf(permission);
  useEffect(() => {
    chosen.value = shown;
  }, [shown]);
  if (!permission) {
    return (
      <Panel label="Break a permission" onClose={onClose}>
        <p>No role of this run was allowed a call yet, and there is nothing to take away.</p>
      </Panel>
    );
  }
  return (
    <Panel label="Break a permission" onClose={onClose}>
      <label for={id}>Permission used in the accounts of this run while it ran</label>
      <select
        id={id}
        value={shown}
        onChange={({ currentTarget }) => {
          chosen.value = currentTarget.value;
        }}
      >
        {used.map((each) => (
          <option key={keyOf(each)} value={keyOf(each)}>
            {`${each.action} of ${roleName(each.role)}, ${accountOf(each)}`}
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
