import type { Address } from '../models/address.ts';
import type { Snapshot } from '../models/snapshot.ts';

/** Input of a view: the models at the time of the strip, and the address with what is open. */
export interface ViewProps {
  readonly models: Snapshot;
  readonly address: Address;
  /** Of a list, the item that is open. */
  readonly item: string | undefined;
}
