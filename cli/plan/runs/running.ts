import type { Stack } from '@crosswind/assembly/resolve';
import type { Clone } from '../../../blocks/discover-workloads.ts';
import type { Platform } from '../../../config/schema.ts';
import type { Terminal } from '../../terminal.ts';

/** A side of a comparison that has been read. */
export interface ResolvedSide {
  /** Stacks of the assembly, resolved. */
  readonly stacks: readonly Stack[];
  readonly platform: Platform;
}

/** A side of a comparison whose workloads can be run. */
export interface ComparedSide extends ResolvedSide {
  /** Cloud assembly. */
  readonly directory: string;
  /** Checkout that it was synthesized in, with its own packages; undefined for a given directory. */
  readonly clone: Clone | undefined;
}

/** Surroundings of a run. */
export interface RunningProps {
  /** The clone that the command runs in. Its code runs a side that has no clone. */
  readonly clone: Clone;
  readonly terminal: Terminal;
  readonly signal: AbortSignal;
}
