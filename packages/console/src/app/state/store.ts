import { computed, signal } from '@preact/signals';
import { type Address, addressText, parseAddress, type View } from '../../models/address.ts';
import { snapshotAt } from '../../models/at-time.ts';
import type { Imported } from '../../imported/read-import.ts';
import type { Snapshot } from '../../models/snapshot.ts';

/** Everything that is known; undefined until it is loaded. */
export const snapshot = signal<Snapshot | undefined>(undefined);

/** Why nothing could be loaded; undefined if all is well. */
export const loadError = signal<string | undefined>(undefined);

/** The address of the page. */
export const address = signal<Address>({ view: { name: 'now' } });

/** Recorded histories that somebody has imported since the page was loaded, by their digests. */
export const imports = signal<ReadonlyMap<string, Imported>>(new Map());

/** Everything that is known of what the address names: of the page's own runs, or of an import. */
export const whole = computed<Snapshot | undefined>(() => {
  const digest = importedIn(address.value.view);
  return digest === undefined ? snapshot.value : (imports.value.get(digest)?.snapshot ?? snapshot.value);
});

/** Digest of the import that a view shows a run of. */
export const importedIn = (view: View): string | undefined => (view.name === 'run' ? view.imported : undefined);

const timeOfStrip = computed(() => address.value.at);

/** The models as they were at the time of the strip: the same object while neither they nor the time change. */
export const shown = computed<Snapshot | undefined>(() => {
  const at = timeOfStrip.value;
  return whole.value && at !== undefined ? snapshotAt(whole.value, at) : whole.value;
});

/** The last thing that happened, for those who do not see it. */
export const announcement = signal('');

/** True while the list of keys is open. */
export const areKeysShown = signal(false);

/** True right after somebody asked for a fix: the statement takes the focus. */
export const wantsFix = signal(false);

/** Keeps `address` equal to what follows `#`. */
export function followAddress(): void {
  addEventListener('hashchange', readAddress);
  readAddress();
}

function readAddress(): void {
  const next = parseAddress(location.hash);
  if (addressText(next) !== addressText(address.value)) address.value = next;
}

/** Goes to an address at once: the browser says only later that it changed, and a key may come in between. */
export function go(next: Address): void {
  location.hash = addressText(next);
  readAddress();
}

/** Milliseconds between two changes of the browser's address: Chromium ignores more than 200 in ten seconds. */
const pause = 100;

let writtenAt = -Infinity;
let later: ReturnType<typeof setTimeout> | undefined;

/**
 * Changes the address without a new entry in the history of the browser. While it changes quickly, as under a pointer, the
 * browser's address follows a little later.
 */
export function replace(next: Address): void {
  address.value = next;
  clearTimeout(later);
  const before = location.hash;
  const write = (): void => {
    // A link that was followed in between wins.
    if (location.hash !== before) return;
    writtenAt = performance.now();
    history.replaceState(null, '', addressText(address.value));
  };
  const wait = writtenAt + pause - performance.now();
  if (wait <= 0) write();
  else later = setTimeout(write, wait);
}

/** Address of a view at the time of the strip; a run of an import stays in it, and its time means nothing elsewhere. */
export function hrefOf(view: View, more: Omit<Address, 'view' | 'at'> = {}): string {
  const { at, view: current } = address.value;
  const digest = importedIn(current);
  const next = view.name === 'run' && digest !== undefined ? { imported: digest, ...view } : view;
  const keepsTime = at !== undefined && importedIn(next) === digest;
  return addressText({ view: next, ...(keepsTime ? { at } : {}), ...more });
}

/** The address without what is open in it. */
export function closed({ view, at }: Address): Address {
  return { view, ...(at === undefined ? {} : { at }) };
}
