import { withoutDetail } from '../../models/address.ts';
import { address, replace } from './store.ts';

/** Closes what is open, and gives the focus back to its row if it was in what is gone. */
export function closeDetail(): void {
  const row = document.querySelector<HTMLElement>('main [data-row][data-open]');
  replace(withoutDetail(address.value));
  requestAnimationFrame(() => {
    // Somebody may have gone elsewhere within this frame.
    if (document.activeElement === document.body) row?.focus();
  });
}
