import type { Resource } from '@crosswind/assembly/resolve';
import type { JsonObject } from '@crosswind/aws/json';
import type { Attributes } from '../../service.ts';
import type { ResourceStatus } from './statuses.ts';

/** A resource of a stack: its latest state, and what it was deployed as. */
export interface StackResource {
  readonly logicalId: string;
  readonly type: string;
  /** Empty until it is known. */
  readonly physicalId: string;
  /** As it was deployed last; undefined if it was never created. */
  readonly deployed?: Resource;
  /**
   * Wish of a change that failed half-way: the next change starts from there, as far as it got.
   *
   * @default - its latest change did not fail
   */
  readonly attempted?: Resource;
  /**
   * Attributes that a custom resource has answered.
   *
   * @default - it has not, or is none
   */
  readonly attributes?: Attributes;
  /**
   * True if its attributes are shown as asterisks.
   *
   * @default false
   */
  readonly isMasked?: boolean;
  /** Its properties as the history shows them. */
  readonly shown?: JsonObject;
  /** Values that dynamic references in its properties had when it was deployed last, by their text. */
  readonly references?: ReadonlyMap<string, string>;
  /** Distinguishes its generated name from those before it at the same place. */
  readonly salt?: string;
  readonly status: ResourceStatus;
  readonly reason?: string;
  /** Milliseconds since the epoch. */
  readonly updatedAt: number;
}
