import { signal, useSignal } from '@preact/signals';
import { useLayoutEffect, useMemo, useRef } from 'preact/hooks';
import { type Candidate, candidatesOf } from '../../chart/palette-candidates.ts';
import { ranked, searched } from '../../chart/palette-ranking.ts';
import { countOf } from '../../chart/time-text.ts';
import type { Snapshot } from '../../models/snapshot.ts';
import { Name } from '../parts/name.tsx';
import { address, importedIn, imports, snapshot } from '../state/store.ts';
import { addressText } from '../../models/address.ts';
import { viewEntries } from '../views.ts';
import { runAction } from './run-action.ts';
import './palette.css';

/** True while the palette is open. */
export const isPaletteOpen = signal(false);

/** Candidates that are listed at most. */
const most = 50;

/** Opens the palette with Ctrl K, and with ⌘ K. */
export function listenToPalette(): void {
  addEventListener('keydown', (event) => {
    if (event.key.toLowerCase() !== 'k' || event.altKey || event.shiftKey || event.ctrlKey === event.metaKey) return;
    event.preventDefault();
    const shown = document.querySelector<HTMLDialogElement>('dialog.palette');
    if (shown) shown.close();
    else isPaletteOpen.value = true;
  });
}

const views = (): Parameters<typeof candidatesOf>[1] =>
  viewEntries.map(({ name, word }) => ({ name, word, view: { name } }));

/** Finds views, runs and all that has a name, and does what keys do. */
export function Palette({ models }: { readonly models: Snapshot }) {
  const dialog = useRef<HTMLDialogElement>(null);
  const query = useSignal('');
  const chosen = useSignal(0);
  const all = useMemo(
    () =>
      searched(candidatesOf(snapshot.value ?? models, views(), { view: address.value.view, models }, imports.value)),
    [],
  );
  const found = ranked(all, query.value, most);
  const active = Math.min(chosen.value, found.length - 1);
  useLayoutEffect(() => {
    // The browser keeps the focus inside, closes it with Esc, and gives the focus back.
    dialog.current?.showModal();
  }, []);
  useLayoutEffect(() => {
    document.getElementById(idOf(active))?.scrollIntoView({ block: 'nearest' });
  }, [active, query.value]);
  const take = (candidate: Candidate | undefined): void => {
    if (!candidate) return;
    dialog.current?.close();
    open(candidate);
  };
  return (
    <dialog
      ref={dialog}
      class="palette"
      aria-label="Find and do"
      onClose={() => {
        isPaletteOpen.value = false;
      }}
      onClick={({ target, currentTarget }) => {
        if (target === currentTarget) currentTarget.close();
      }}
      onKeyDown={(event) => {
        // The page's own keys rest: the browser closes the palette with Esc.
        if (event.key === 'Escape') event.stopPropagation();
        const step = stepOf(event, found.length, active);
        if (step === undefined && event.key !== 'Enter') return;
        event.preventDefault();
        if (step === undefined) take(found[active]);
        else chosen.value = step;
      }}
    >
      <input
        type="text"
        role="combobox"
        aria-label="Find a view, a run, an account, an alarm, a role or an action"
        aria-expanded={found.length > 0}
        aria-controls="palette-list"
        aria-autocomplete="list"
        aria-activedescendant={found.length > 0 ? idOf(active) : undefined}
        autocomplete="off"
        spellcheck={false}
        placeholder="Find a view, a run, an alarm, an action"
        value={query.value}
        onInput={({ currentTarget }) => {
          query.value = currentTarget.value;
          chosen.value = 0;
        }}
      />
      <ul id="palette-list" role="listbox" aria-label="Found" tabIndex={-1}>
        {found.map((candidate, index) => (
          <li
            key={index}
            id={idOf(index)}
            role="option"
            aria-selected={index === active}
            onClick={() => {
              take(candidate);
            }}
          >
            <Name>{candidate.text}</Name>
            <span class="quiet">
              {candidate.kind} <Name>{candidate.hint}</Name>
            </span>
          </li>
        ))}
      </ul>
      <p class="quiet" role="status">
        {found.length === 0
          ? 'Nothing has such a name: try fewer letters, or the first letter of each word'
          : `${countOf(found.length, 'entry', 'entries')}${found.length === most ? ', the best of all' : ''}`}
      </p>
    </dialog>
  );
}

const idOf = (index: number): string => `palette-${index}`;

/** The entry that a key moves to; undefined for another key. */
function stepOf({ key, isComposing }: KeyboardEvent, count: number, active: number): number | undefined {
  if (isComposing || count === 0) return undefined;
  if (key === 'ArrowDown') return (active + 1) % count;
  if (key === 'ArrowUp') return (active + count - 1) % count;
  if (key === 'PageDown') return Math.min(count - 1, active + 10);
  return key === 'PageUp' ? Math.max(0, active - 10) : undefined;
}

function open({ target }: Candidate): void {
  if (typeof target === 'string') {
    runAction(target);
    return;
  }
  const { view, ...more } = target;
  const { at, view: current } = address.value;
  const keepsTime = at !== undefined && importedIn(view) === importedIn(current);
  location.hash = addressText({ view, ...(keepsTime ? { at } : {}), ...more });
}
