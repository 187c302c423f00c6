import type { PaletteAction } from '../../chart/palette-candidates.ts';
import { copy } from '../state/copy.ts';
import { areLettersOn, switchLetters } from '../state/keys.ts';
import { address, announcement, areKeysShown, replace } from '../state/store.ts';

/** Does what a key of the page does, also for somebody who has switched letters off. */
export function runAction(action: PaletteAction): void {
  switch (action) {
    case 'copy-link':
      void copy(location.href, 'link');
      return;
    case 'copy-statement':
      if (!clickStatement())
        announcement.value = 'nothing here has a statement to copy: open a run that is stuck or denied';
      return;
    case 'newest':
      replace({ ...address.value, at: undefined });
      return;
    case 'letters':
      switchLetters(!areLettersOn());
      announcement.value = areLettersOn() ? 'letters are keys' : 'letters are no keys';
      return;
    case 'keys':
      areKeysShown.value = true;
  }
}

function clickStatement(): boolean {
  const button = document.querySelector<HTMLElement>('[data-copy-fix]');
  button?.click();
  return button !== null;
}
