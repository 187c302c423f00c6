import type { Stack } from '@crosswind/assembly/resolve';
import type { StackResource } from './stack-resource.ts';
import type { Touched } from './touched.ts';

/** A resource that the end of a rollback deletes, or forgets. */
export interface Left {
  readonly resource: StackResource;
  readonly isRetained: boolean;
}

/** A rollback that has still to be done: of an update that keeps what succeeded, or the rest of one that failed. */
export interface PendingRollback {
  readonly place: Stack;
  readonly touched: readonly Touched[];
  /**
   * Resources that were replaced back already.
   *
   * @default - nothing
   */
  readonly left?: readonly Left[];
}
