import { useSignal } from '@preact/signals';
import { useRef } from 'preact/hooks';
import type { ExecutionModel } from '../../models/executions.ts';
import { shownState } from '../../models/family.ts';
import { address, snapshot } from '../state/store.ts';
import './actions.css';
import { BreakPanel } from './break-panel.tsx';
import { RedrivePanel } from './redrive-panel.tsx';
import { StartPanel } from './start-panel.tsx';
import { StopPanel } from './stop-panel.tsx';

const kinds = { start: 'Start again', stop: 'Stop', redrive: 'Redrive', break: 'Break a permission' } as const;

type Kind = keyof typeof kinds;

export interface RunActionsProps {
  readonly family: readonly ExecutionModel[];
  readonly asked: ExecutionModel;
}

/** Actions on a run. They are taken on it as it is now, whatever the time of the strip is. */
export function RunActions({ family, asked }: RunActionsProps) {
  const open = useSignal<Kind | undefined>(undefined);
  const chosen = useSignal(asked.arn);
  const buttons = useRef<HTMLDivElement>(null);
  const now = (arn: string): ExecutionModel => snapshot.value?.executions.find((each) => each.arn === arn) ?? asked;
  const members = family.filter(({ parent }) => parent?.event !== null);
  const execution = now(chosen.value);
  const close = (): void => {
    const was = open.value;
    open.value = undefined;
    buttons.current?.querySelector<HTMLElement>(`[data-kind='${was ?? ''}']`)?.focus();
  };
  return (
    <div class="run-actions">
      <div class="buttons" ref={buttons} role="group" aria-label="Actions">
        {(Object.keys(kinds) as readonly Kind[]).map((kind) => (
          <button
            key={kind}
            type="button"
            class="button small"
            data-kind={kind}
            aria-expanded={open.value === kind}
            onClick={() => {
              open.value = open.value === kind ? undefined : kind;
            }}
          >
            {kinds[kind]}
          </button>
        ))}
        {members.length > 1 && (open.value === 'stop' || open.value === 'redrive' || open.value === 'start') && (
          <select
            aria-label="Execution that the action is for"
            value={chosen.value}
            onChange={({ currentTarget }) => {
              chosen.value = currentTarget.value;
            }}
          >
            {members.map((member) => (
              <option key={member.arn} value={member.arn}>
                {`${member.title}, ${shownState(now(member.arn), snapshot.value?.verdicts ?? [])}`}
              </option>
            ))}
          </select>
        )}
      </div>
      {open.value !== undefined && address.value.at !== undefined && (
        <p class="quiet">Actions are taken on the run as it is now, not as it was at the time of the strip.</p>
      )}
      {open.value === 'start' && (
        <StartPanel
          key={execution.arn}
          first={{ machine: execution.machineArn, input: execution.input ?? '{}' }}
          onClose={close}
        />
      )}
      {open.value === 'stop' && <StopPanel key={execution.arn} execution={execution} onClose={close} />}
      {open.value === 'redrive' && <RedrivePanel key={execution.arn} execution={execution} onClose={close} />}
      {open.value === 'break' && <BreakPanel family={family} onClose={close} />}
    </div>
  );
}
