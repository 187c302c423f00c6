import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { Command, Problem } from '../../actions/action-panel.tsx';
import { roleName } from '../../actions/role-name.ts';
import { ask } from '../../state/ask.ts';
import { errorText } from '../../state/error-text.ts';
import { announcement } from '../../state/store.ts';
import { Confirmed } from './confirmed.tsx';
import { type Broken, PutBack } from './put-back.tsx';
import { useAction } from './use-action.ts';

/** Removes a permission from its role, and puts it back. */
export function BreakPermission({
  permission,
}: {
  readonly permission: { readonly role: string; readonly action: string };
}) {
  const broken = useSignal<Broken | undefined>(undefined);
  const commands = useSignal<readonly string[]>([]);
  const { isBusy, error, take } = useAction();
  const { role, action } = permission;
  useEffect(() => {
    commands.value = [];
    error.value = undefined;
    if (broken.value) return undefined;
    let isOver = false;
    ask('break-permission', permission).then(
      (answer) => {
        if (!isOver) ({ commands: commands.value } = answer as { readonly commands: readonly string[] });
      },
      (thrown: unknown) => {
        if (!isOver) error.value = errorText(thrown);
      },
    );
    return () => {
      isOver = true;
    };
  }, [role, action, broken.value]);
  return (
    <>
      <p class="buttons">
        {commands.value.length > 0 && (
          <Confirmed
            question={`Take ${action} from the role? An update of its stack does it, and calls are denied from then on.`}
            yes="Yes, take it away"
            no="No, keep it"
            isBusy={isBusy.value}
            onYes={() => {
              void take('break-permission', permission, (answer) => {
                broken.value = answer as Broken;
                announcement.value = `${action} was taken from the role`;
              });
            }}
          >
            Take the permission away
          </Confirmed>
        )}
        {broken.value && <PutBack broken={broken.value} onDone={() => (broken.value = undefined)} />}
      </p>
      {broken.value && (
        <p>{`${broken.value.action} was taken from the role ${roleName(broken.value.role)}: calls are denied until it is put back.`}</p>
      )}
      <Problem>{error.value}</Problem>
      {commands.value.map((command) => (
        <Command key={command} text={command} account={role.split(':')[4] ?? ''} isOfAdministrator />
      ))}
    </>
  );
}
