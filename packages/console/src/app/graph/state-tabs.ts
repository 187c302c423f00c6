import type { StateVisit } from '../../chart/state-visits.ts';
import type { Details } from '../state/use-event-details.ts';

export type TabName = 'Input' | 'Arguments' | 'Result' | 'Output' | 'Variables' | 'Error';

/** A part of a stay in a state. */
export interface Tab {
  readonly name: TabName;
  /** Texts with their headings; none where the tab says itself what it has. */
  readonly texts: readonly { readonly title: string; readonly text: string }[];
  /** Why there is no text; empty where the tab has other content. */
  readonly empty: string;
}

/** Parts of a stay in a state: only those that a state of its type may have. */
export function tabs(visit: StateVisit, details: ReadonlyMap<number, Details>): readonly Tab[] {
  const { entered, exited, attempts, failures } = visit;
  const text = (id: number | null | undefined, key: string): string | undefined => {
    const value = details.get(id ?? -1)?.[key];
    return typeof value === 'string' ? value : undefined;
  };
  const tab = (name: TabName, value: string | undefined, empty: string): Tab => ({
    name,
    texts: value === undefined ? [] : [{ title: name, text: value }],
    empty,
  });
  const last = attempts.at(-1);
  const leftOut = 'It was left out of this file, or the history was exported without it.';
  return [
    tab('Input', text(entered.id, 'input'), leftOut),
    ...(last
      ? [
          tab('Arguments', text(last.scheduled, 'parameters') ?? text(last.scheduled, 'input'), leftOut),
          tab(
            'Result',
            text(last.ended, 'output'),
            last.ended === null ? 'There is none yet.' : last.hasFailed ? 'There is none: the task failed.' : leftOut,
          ),
        ]
      : []),
    tab('Output', text(exited?.id, 'output'), exited ? leftOut : 'There is none: the state was not left.'),
    { name: 'Variables', texts: [], empty: '' },
    ...(failures.length > 0 ? [{ name: 'Error', texts: [], empty: '' } as const] : []),
  ];
}
