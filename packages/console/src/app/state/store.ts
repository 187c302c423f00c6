import { computed, signal } from '@preact/signals';
import { type Address, addressText, parseAddress, type View } from '../../models/address.ts';
import { snapshotAt } from '../../models/at-time.ts';
import type { Snapshot } from '../../models/snapshot.ts';

/** Everything that is known; undefined until it is loaded. */
export const snapshot = signal<Snapshot | undefined>(undefined);

/** Why nothing could be loaded; undefined if all is well. */
export const loadError = signal<string | undefined>(undefined);

/** The address of the page. */
export const address = signal<Address>({ view: { name: 'now' } });

/** The models as they were at the time of the strip. */
export const shown = computed<Snapshot | undefined>(() => {
  const { at } = address.value;
  return snapshot.value && at !== undefined ? snapshotAt(snapshot.value, at) : snapshot.value;
});

/** The last thing that happened, for those who do not see it. */
export const announcement = signal('');

/** True while the list of keys is open. */
export const areKeysShown = signal(false);

/** True right after somebody asked for a fix: the statement takes the focus. */
export const wantsFix = signal(false);

/** Keeps `address` equal to what follows `#`. */
export function followAddress(): void {
  const read = (): void => {
    address.value = parseAddress(location.hash);
  };
  addEventListener('hashchange', read);
  read();
}

/** Goes to an address. */
export function go(next: Address): void {
  location.hash = addressText(next);
}

/** Changes the address without a new entry in the history of the browser. */
export function replace(next: Address): void {
  history.replaceState(null, '', addressText(next));
  address.value = next;
}

/** Address of a view at the time of the strip. */
export function hrefOf(view: View, more: Pick<Address, 'event' | 'state'> = {}): string {
  const { at } = address.value;
  return addressText({ view, ...(at === undefined ? {} : { at }), ...more });
}

/** The address without what is open in it. */
export function closed({ view, at }: Address): Address {
  return { view, ...(at === undefined ? {} : { at }) };
}
