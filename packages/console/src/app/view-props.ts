import type { ComponentType } from 'preact';
import type { Address, View } from '../models/address.ts';
import type { Snapshot } from '../models/snapshot.ts';

/** Input of a view: the models at the time of the strip, and the address with what is open. */
export interface ViewProps {
  readonly models: Snapshot;
  readonly address: Address;
  /** Of a list, the item that is open. */
  readonly item: string | undefined;
}

/** Input of the view of a run. */
export interface RunViewProps {
  readonly models: Snapshot;
  readonly view: Extract<View, { name: 'run' }>;
}

/** Name of a view that a link of the page leads to. */
export type ViewName = Exclude<View['name'], 'run' | 'unknown'>;

/** Component of each view. */
export type DrawnViews = Readonly<Record<ViewName, ComponentType<ViewProps>>> & {
  readonly run: ComponentType<RunViewProps>;
};
