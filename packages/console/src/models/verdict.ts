/** Why a run is as it is: claims with their evidence and fixes. Times are milliseconds since the epoch. */
export interface VerdictModel {
  /** The gravest first. */
  readonly claims: readonly ClaimModel[];
  readonly evidence: readonly EvidenceModel[];
  readonly fixes: readonly FixModel[];
  /** Path of the runbook in the repository; null for none. */
  readonly runbook: string | null;
}

/** How bad a claim is: `stuck` will not move by itself. */
export type Gravity = 'stuck' | 'bad' | 'held' | 'well';

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

export type FixModel =
  | { readonly kind: 'statement'; readonly place: string; readonly text: string }
  | { readonly kind: 'setting'; readonly place: string; readonly text: string }
  | { readonly kind: 'command'; readonly text: string };
