import type { ClaimId } from './claim-ids.ts';

/** Why a run is as it is. */
export interface Explanation {
  /** The execution that was asked for; null where none was started. */
  readonly execution: string | null;
  /** The gravest first; at least one. */
  readonly claims: readonly Claim[];
  readonly evidence: readonly EvidenceItem[];
  /** Statements, settings and commands that fix it, in the order of the claims. */
  readonly fixes: readonly Fix[];
  /** File of the runbook of the gravest claim, from the root of the repository; null for none. */
  readonly runbook: string | null;
  /** Sentences about what could not be read. */
  readonly unread: readonly string[];
}

export interface Claim {
  readonly id: ClaimId;
  readonly sentence: string;
  /** ARN of the execution that it is about; null for none. */
  readonly execution: string | null;
  /** Since when it is so, ISO 8601; null where that is not known. */
  readonly since: string | null;
  /** For how many seconds; null where that is not known. */
  readonly for: number | null;
  /** False if the evidence allows another reason. */
  readonly certain: boolean;
}

/** A fact that a claim rests on. `at`, `first` and `last` are ISO 8601. */
export type EvidenceItem =
  | {
      readonly kind: 'event';
      /** Id in the history of its execution. */
      readonly id: number;
      readonly execution: string;
      readonly at: string;
      readonly type: string;
      readonly state?: string;
      readonly error?: string;
    }
  | {
      readonly kind: 'decision';
      readonly id: string;
      readonly verdict: 'denied' | 'allowed';
      readonly principal: string;
      readonly action: string;
      readonly resource: string;
      readonly times: number;
      readonly first?: string;
      readonly last?: string;
    }
  | {
      readonly kind: 'metric';
      /** Namespace, name and dimensions. */
      readonly id: string;
      readonly account: string;
      readonly region: string;
      readonly statistic: 'Sum' | 'Maximum';
      readonly value: number;
      readonly first: string | null;
      readonly last: string | null;
    }
  | {
      readonly kind: 'log';
      readonly id: string;
      readonly account: string;
      readonly group: string;
      readonly message: string;
    };

export type Fix =
  | { readonly kind: 'statement'; readonly place: string; readonly statement: object }
  | { readonly kind: 'setting'; readonly resource: string; readonly sentence: string }
  | { readonly kind: 'command'; readonly command: string };
