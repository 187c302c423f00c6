import { withoutDetail } from '../../models/address.ts';
import { address, replace } from './store.ts';

/** Closes what is open, and gives the focus back to its row. */
export function closeDetail(): void {
  const row = document.querySelector<HTMLElement>('main [data-row][data-open]');
  replace(withoutDetail(address.value));
  requestAnimationFrame(() => {
    row?.focus();
  });
}
