import type { SourcePlace } from '../../policies/source-place.ts';

/** A finding of `crosswind check`. Findings that share id, line and shape are one, with their count. */
export interface CheckFinding {
  /** Id of the rule, for example `OBS-2`; docs/policies.md lists all. */
  readonly id: string;
  /** An `error` turns the check red, a `warning` is only reported. */
  readonly severity: 'error' | 'warning';
  readonly message: string;
  readonly fix: string;
  /**
   * Line of the source that made it.
   *
   * @default - the assembly does not say
   */
  readonly place?: SourcePlace;
  /** Construct paths; none for what is about no construct, for example a waiver. */
  readonly paths: readonly string[];
  /** Ids of the accounts of those constructs. */
  readonly accounts: readonly string[];
  /** Findings that it stands for. */
  readonly count: number;
  /** Rules that report it: those of this clone, or only those of the base. */
  readonly by: 'head' | 'base';
}

/** A finding that a waiver accepts. */
export interface WaivedFinding extends CheckFinding {
  readonly reason: string;
  readonly owner: string;
}

/** `npx crosswind check --json`. */
export interface CheckReport {
  /** Of this form; a change that a reader could notice is a new one. */
  readonly version: 1;
  /** Errors first. */
  readonly findings: readonly CheckFinding[];
  readonly waived: readonly WaivedFinding[];
  /** Information that decides nothing, for example about the report of the CDK. */
  readonly notes: readonly string[];
}

/** A finding before findings of one shape are put together. */
export interface Found extends Pick<CheckFinding, 'id' | 'severity' | 'message' | 'fix'> {
  /** Construct path; undefined for what is about no construct. */
  readonly path: string | undefined;
  /**
   * Place that is known otherwise than by the construct.
   *
   * @default - that of the construct
   */
  readonly place?: SourcePlace;
}

/** A finding with the waiver that accepts it. */
export interface Accepted extends Found {
  readonly reason: string;
  readonly owner: string;
}
