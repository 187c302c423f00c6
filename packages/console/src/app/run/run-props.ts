import type { ExecutionModel } from '../../models/executions.ts';
import type { Snapshot } from '../../models/snapshot.ts';

/** An execution that somebody looks at, with all that belongs to it. */
export interface RunProps {
  readonly models: Snapshot;
  readonly root: ExecutionModel;
  /** The root and all that it started. */
  readonly family: readonly ExecutionModel[];
  /** The execution that the address names: the root, or one of those that it started. */
  readonly asked: ExecutionModel;
}
