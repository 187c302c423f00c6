import { useSignal } from '@preact/signals';
import { useEffect, useId, useLayoutEffect, useRef } from 'preact/hooks';
import { usedPermissions } from '../../models/actions.ts';
import type { ExecutionModel } from '../../models/executions.ts';
import { ask, server } from '../state/ask.ts';
import { announcement, snapshot } from '../state/store.ts';
import { Command, Confirmed, Panel, Problem } from './action-panel.tsx';
import { useAction } from './use-action.ts';

export interface BreakPanelProps {
  readonly family: readonly ExecutionModel[];
  readonly onClose: () => void;
}

interface Broken {
  readonly role: string;
  readonly action: string;
  readonly statements: readonly object[];
}

/** Removes a permission that a run has used from its role, and puts it back. */
export function BreakPanel({ family, onClose }: BreakPanelProps) {
  const used = snapshot.value ? usedPermissions(snapshot.value, family) : [];
  const chosen = useSignal(0);
  const broken = useSignal<Broken | undefined>(undefined);
  const commands = useSignal<readonly string[]>([]);
  const { isBusy, error, take } = useAction();
  const id = useId();
  const permission = used[chosen.value];
  useEffect(() => {
    commands.value = [];
    error.value = undefined;
    if (!permission || !server.value || broken.value) return;
    const asked = chosen.value;
    ask('break-permission', permission).then(
      (answer) => {
        if (chosen.value === asked) ({ commands: commands.value } = answer as { readonly commands: readonly string[] });
      },
      (thrown: unknown) => {
        if (chosen.value === asked) error.value = thrown instanceof Error ? thrown.message : String(thrown);
      },
    );
  }, [chosen.value, broken.value]);
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
            {`${action} of ${nameOf(role)}`}
          </option>
        ))}
      </select>
      <p class="buttons">
        {commands.value.length > 0 && (
          <Confirmed
            question={`Take ${permission.action} from the role? An update of its stack does it, and calls are denied from then on.`}
            yes="Yes, take it away"
            no="No, keep it"
            isBusy={isBusy.value}
            onYes={() => {
              void take('break-permission', permission, (answer) => {
                broken.value = answer as Broken;
                announcement.value = `${permission.action} was taken from the role`;
              });
            }}
          >
            Take the permission away
          </Confirmed>
        )}
        {broken.value && <PutBack broken={broken.value} onDone={() => (broken.value = undefined)} />}
      </p>
      {broken.value && (
        <p>{`${broken.value.action} was taken from the role ${nameOf(broken.value.role)}: calls are denied until it is put back.`}</p>
      )}
      <Problem>{error.value}</Problem>
      {!server.value && <p>A file cannot do it, and does not know the policy: npx crosswind console can.</p>}
      {commands.value.map((command) => (
        <Command key={command} text={command} account={permission.role.split(':')[4] ?? ''} isOfAdministrator />
      ))}
    </Panel>
  );
}

const nameOf = (role: string): string => role.split('/').at(-1) ?? role;

function PutBack({ broken, onDone }: { readonly broken: Broken; readonly onDone: () => void }) {
  const { isBusy, error, take } = useAction();
  const { role, action, statements } = broken;
  const button = useRef<HTMLButtonElement>(null);
  useLayoutEffect(() => {
    // The button that was pressed is gone.
    button.current?.focus();
  }, []);
  return (
    <>
      <button
        ref={button}
        type="button"
        class="button"
        disabled={isBusy.value}
        onClick={() => {
          void take('fix-permission', { document: 'identity policy', of: role, statements }, () => {
            announcement.value = `${action} was given back to the role`;
            onDone();
          });
        }}
      >
        {`Put ${action} back`}
      </button>
      <Problem>{error.value}</Problem>
    </>
  );
}
