import { allowCommand } from '../../models/commands.ts';
import type { FixModel } from '../../models/verdict.ts';
import './actions.css';
import { Command } from './action-panel.tsx';

/** The same as a command; nothing for a document whose change by a command needs all of it. */
export function FixCommand({ fix }: { readonly fix: Extract<FixModel, { kind: 'statement' }> }) {
  if (fix.target?.document !== 'identity policy') return null;
  const { of } = fix.target;
  return (
    <details>
      <summary>As a command</summary>
      <Command text={allowCommand(of, fix.text)} account={of.split(':')[4] ?? ''} isOfAdministrator />
    </details>
  );
}
