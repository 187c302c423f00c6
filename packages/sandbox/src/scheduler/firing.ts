/** One attempt to invoke a target. */
export interface Attempt {
  /** From 1. */
  readonly number: number;
  /** Milliseconds since the epoch, in virtual time. */
  readonly at: number;
  readonly executionId: string;
  /**
   * The error of the target.
   *
   * @default - none yet
   */
  error?: { readonly code: string; readonly message: string };
}

/**
 * How a firing went: `under way` until the last attempt; `dropped` if nothing is left of it but this; `skipped` if a test
 * had it lost.
 */
export type FiringOutcome = 'under way' | 'invoked' | 'dead letter' | 'dropped' | 'skipped' | 'not simulated';

/** A time of a schedule, and what became of it. */
export interface Firing {
  /** Milliseconds since the epoch. */
  readonly scheduledAt: number;
  readonly attempts: readonly Attempt[];
  readonly outcome: FiringOutcome;
}

/** A firing while it goes on. */
export interface OpenFiring extends Firing {
  readonly attempts: Attempt[];
  outcome: FiringOutcome;
}
