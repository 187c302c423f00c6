/** Why a run is as it is: claims with their evidence and fixes. Times are milliseconds since the epoch. */
export interface VerdictModel {
  /** ARN of the execution that began the run; null for a verdict about what watches all runs. */
  readonly execution: string | null;
  /** The gravest first. */
  readonly claims: readonly ClaimModel[];
  readonly evidence: readonly EvidenceModel[];
  readonly fixes: readonly FixModel[];
  /** Path of the runbook in the repository; null for none. */
  readonly runbook: string | null;
}

/** How bad a claim is, the worst first: `stuck` will not move by itself. */
export const gravities = ['stuck', 'bad', 'held', 'well'] as const;

export type Gravity = (typeof gravities)[number];

export interface ClaimModel {
  readonly id: string;
  readonly gravity: Gravity;
  readonly sentence: string;
  /** ARN of the execution; null for none. */
  readonly execution: string | null;
  readonly since: number | null;
  /** When it was over; null where that is not known, and while it goes on. */
  readonly until: number | null;
  readonly isCertain: boolean;
}

export type EvidenceModel =
  | {
      readonly kind: 'event';
      readonly id: number;
      /** ARN of the execution. */
      readonly execution: string;
      readonly at: number;
      readonly type: string;
    }
  | {
      readonly kind: 'decision';
      /** Id of the denial. */
      readonly id: string;
      readonly action: string;
      readonly principal: string;
      readonly times: number;
      /** @default false */
      readonly isEstimated?: boolean;
      readonly last: number | null;
    }
  | { readonly kind: 'other'; readonly sentence: string };

/** Claims of all runs, the gravest of each run first. */
export const claimsOf = (verdicts: readonly VerdictModel[]): readonly ClaimModel[] =>
  verdicts.flatMap(({ claims }) => claims);

export type FixModel =
  | {
      readonly kind: 'statement';
      readonly place: string;
      /** JSON text. */
      readonly text: string;
      /**
       * Policy of a role that the statement belongs to.
       *
       * @default - it belongs to something else, or the role is not known
       */
      readonly target?: PolicyTarget;
    }
  | { readonly kind: 'setting'; readonly place: string; readonly text: string }
  | { readonly kind: 'command'; readonly text: string };

/** A policy of a role. */
export interface PolicyTarget {
  readonly document: 'identity policy' | 'trust policy';
  /** ARN of the role. */
  readonly of: string;
}
