import { useSignal } from '@preact/signals';
import { useEffect, useId } from 'preact/hooks';
import { jsonProblem, nameProblem } from '../../chart/json-problem.ts';
import { startedMachines, type StartableModel } from '../../models/actions.ts';
import { startCommand } from '../../models/commands.ts';
import { oneLine, prettyJson } from '../parts/name.tsx';
import { StartSubmit } from '../live/acting/start-submit.tsx';
import { ask } from '../state/ask.ts';
import { errorText } from '../state/error-text.ts';
import { snapshot } from '../state/store.ts';
import { Command, Panel, Problem } from './action-panel.tsx';

export interface StartPanelProps {
  readonly onClose: () => void;
  /**
   * State machine and input to begin with.
   *
   * @default - the first entry of a tenant with its sample input
   */
  readonly first?: { readonly machine: string; readonly input: string };
}

/** Starts an execution with an input. */
export function StartPanel({ onClose, first }: StartPanelProps) {
  const machines = useSignal<readonly StartableModel[]>(
    snapshot.peek() ? startedMachines(snapshot.peek() ?? { executions: [] }) : [],
  );
  const machine = useSignal(first?.machine ?? '');
  const input = useSignal(first === undefined ? '' : prettyJson(first.input));
  const name = useSignal('');
  /** True once somebody has chosen or written something: an answer that comes later leaves it alone. */
  const isTouched = useSignal(first !== undefined);
  const problem = useSignal<string | undefined>(undefined);
  const id = useId();
  const choose = (arn: string): void => {
    machine.value = arn;
    input.value = prettyJson(machines.value.find((each) => each.arn === arn)?.input ?? '{}');
  };
  useEffect(() => {
    if (machine.value === '') choose(machines.value[0]?.arn ?? '');
    if (!IS_SERVED) return;
    ask('startable', {}).then(
      (found) => {
        machines.value = found as readonly StartableModel[];
        const entry = machines.value[0]?.arn ?? '';
        if (!isTouched.value) choose(entry);
        else if (machine.value === '') machine.value = entry;
      },
      (thrown: unknown) => {
        problem.value = errorText(thrown);
      },
    );
  }, []);
  const wrongInput = machine.value === '' ? undefined : jsonProblem(input.value);
  const wrongName = nameProblem(name.value);
  const request = { machine: machine.value, input: oneLine(input.value), name: name.value };
  const isReady = wrongInput === undefined && wrongName === undefined && machine.value !== '';
  return (
    <Panel label="Start an execution" onClose={onClose}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
        }}
      >
        <label for={`${id}-machine`}>State machine</label>
        <select
          id={`${id}-machine`}
          value={machine.value}
          onChange={({ currentTarget }) => {
            isTouched.value = true;
            choose(currentTarget.value);
          }}
        >
          {machines.value.map(({ arn, title, account, isEntry }) => (
            <option key={arn} value={arn}>
              {`${title}, ${nameOf(account)}${isEntry ? '' : ' (started by others)'}`}
            </option>
          ))}
        </select>
        <label for={`${id}-name`}>Name (empty: Step Functions chooses one)</label>
        <input
          id={`${id}-name`}
          type="text"
          autocomplete="off"
          value={name.value}
          aria-invalid={wrongName !== undefined}
          aria-describedby={`${id}-wrong-name`}
          onInput={({ currentTarget }) => {
            name.value = currentTarget.value;
          }}
        />
        <p id={`${id}-wrong-name`} class="problem">
          {wrongName}
        </p>
        <label for={`${id}-input`}>Input, JSON</label>
        <textarea
          id={`${id}-input`}
          rows={8}
          spellcheck={false}
          value={input.value}
          aria-invalid={wrongInput !== undefined}
          aria-describedby={`${id}-wrong-input`}
          onInput={({ currentTarget }) => {
            isTouched.value = true;
            input.value = currentTarget.value;
          }}
        />
        <p id={`${id}-wrong-input`} class="problem">
          {wrongInput}
        </p>
        {IS_SERVED && <StartSubmit request={request} isReady={isReady} onDone={onClose} />}
        <Problem>{problem.value}</Problem>
      </form>
      {isReady && <Command text={startCommand(request)} account={accountOf(machine.value)} />}
    </Panel>
  );
}

const accountOf = (arn: string): string => arn.split(':')[4] ?? '';

const nameOf = (account: string): string => snapshot.value?.accounts.find(({ id }) => id === account)?.name ?? account;
