import { hasDetail, type View } from '../../models/address.ts';
import { copy } from './copy.ts';
import { closeDetail } from './close-detail.ts';
import { address, areKeysShown, closed, go, replace } from './store.ts';

/** Keys of the page, for the list of them. */
export const keyList: readonly (readonly [keys: string, does: string])[] = [
  ['j, k', 'next and previous row'],
  ['Enter', 'open the row'],
  ['[, ]', 'open the row before and after the open one'],
  ['Esc', 'close what is open, then go up'],
  ['h, l', 'fold and unfold a row of the waterfall, as the arrows do'],
  ['+, -, 0', 'zoom the waterfall or the graph in, out, and to all of it'],
  ['y', 'copy the statement'],
  ['c', 'copy the link to this view'],
  ['.', 'back to the end of the run'],
  ['Ctrl K', 'find and do'],
  ['/', 'go to the filter'],
  ['?', 'this list'],
];

const storageKey = 'crosswind-letters';

/** True if letters are keys: WCAG 2.1.4 asks that they can be switched off. */
export function areLettersOn(): boolean {
  try {
    return localStorage.getItem(storageKey) !== 'off';
  } catch {
    return true;
  }
}

export function switchLetters(isOn: boolean): void {
  try {
    localStorage.setItem(storageKey, isOn ? 'on' : 'off');
  } catch {
    // A file from disk may have no storage: letters stay on.
  }
}

/** Milliseconds in which the letter after `g` has to come. */
const patience = 1_500;

/**
 * Listens to the keys of the page.
 * @param views views by the letter that comes after `g`
 */
export function listenToKeys(views: ReadonlyMap<string, View>): void {
  let goneAt = -Infinity;
  addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
    const { target, key } = event;
    if (key === 'Escape') {
      escape(target);
      return;
    }
    const isField = target instanceof HTMLInputElement && target.type !== 'range';
    if (isField || target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement) return;
    if (!areLettersOn()) return;
    const view = event.timeStamp - goneAt < patience ? views.get(key) : undefined;
    goneAt = key === 'g' && !view ? event.timeStamp : -Infinity;
    if (view) go({ ...closed(address.value), view });
    else if (!act(key)) return;
    event.preventDefault();
  });
}

function act(key: string): boolean {
  switch (key) {
    case 'j':
      return moveRow(1);
    case 'k':
      return moveRow(-1);
    case '[':
      return openNext(-1);
    case ']':
      return openNext(1);
    case 'y':
      return click('[data-copy-fix]');
    case 'c':
      void copy(location.href, 'link');
      return true;
    case '+':
      return click('[data-zoom="in"]');
    case '-':
      return click('[data-zoom="out"]');
    case '0':
      return click('[data-zoom="all"]');
    case '.':
      replace({ ...address.value, at: undefined });
      return true;
    case '/':
      return focus('[data-filter]');
    case '?':
      areKeysShown.value = !areKeysShown.value;
      return true;
    default:
      return false;
  }
}

function click(selector: string): boolean {
  const found = document.querySelector<HTMLElement>(selector);
  found?.click();
  return found !== null;
}

function focus(selector: string): boolean {
  const found = document.querySelector<HTMLElement>(selector);
  found?.focus();
  return found !== null;
}

function moveRow(step: number): boolean {
  const rows = [...document.querySelectorAll<HTMLElement>('main [data-row]')];
  const focused = rows.findIndex((row) => row.contains(document.activeElement));
  const at = focused < 0 ? rows.findIndex((row) => row.matches('[data-open]')) : focused;
  const next = rows[at < 0 ? 0 : at + step];
  next?.focus();
  return rows.length > 0;
}

/** Opens the row before or after the one that is open. */
function openNext(step: number): boolean {
  if (document.querySelector('main [data-row][data-open]') === null || !moveRow(step)) return false;
  if (document.activeElement instanceof HTMLElement) document.activeElement.click();
  return true;
}

function escape(target: EventTarget | null): void {
  if (areKeysShown.value) {
    areKeysShown.value = false;
    return;
  }
  if (target instanceof HTMLInputElement && target.matches('[data-filter]')) {
    target.blur();
    return;
  }
  const close = document.querySelector<HTMLElement>('main [data-close]');
  if (close) {
    close.click();
    return;
  }
  const { view } = address.value;
  if (hasDetail(address.value)) closeDetail();
  else if (view.name === 'run' && view.imported !== undefined) go({ view: { name: 'import', item: view.imported } });
  else if (view.name === 'run') go({ ...closed(address.value), view: { name: 'runs' } });
  else if (view.name !== 'now') go({ ...closed(address.value), view: { name: 'now' } });
}
