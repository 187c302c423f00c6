import type { StatementJson } from './policy-document.ts';
import type { PolicyType } from './statement.ts';

/** A statement that allows the action but not this request, and what it would have needed. */
export interface NearMiss {
  /** The policy's name. */
  readonly policy: string;
  readonly policyType: PolicyType;
  /** `statement "Poll"` or `statement 2`. */
  readonly statement: string;
  readonly failed: 'principal' | 'resource' | 'condition';
  /** Half a sentence, for example `statement 1 of … allows states:StopExecution only on "arn:…" of account 333333333333`. */
  readonly explanation: string;
}

/** A statement to add (or, after a failed condition, to correct) and where. */
export interface Mend {
  /** `identity policy`, `permissions boundary`, `trust policy`, `key policy`, `bucket policy`, … */
  readonly document: string;
  /** The ARN of the principal or resource that carries the document. */
  readonly of: string;
  readonly statement: StatementJson;
}

/** The request passes. */
export interface Allowed {
  readonly allowed: true;
  /** One sentence. */
  readonly reason: string;
}

/** A Deny statement applies; no further permission helps. */
export interface ExplicitDeny {
  readonly allowed: false;
  readonly kind: 'explicit deny';
  readonly reason: string;
  readonly deniedBy: {
    readonly policyType: PolicyType;
    readonly policy: string;
    readonly statement: string;
    /** Of an organization's policies the level they are attached to, counted from the root. */
    readonly level?: number;
  };
}

/** Nothing allows the request. */
export interface ImplicitDeny {
  readonly allowed: false;
  readonly kind: 'implicit deny';
  /** One sentence that names the principal, the missing action, the resource with its account, and the cause. */
  readonly reason: string;
  /** Every kind of policy that would have to allow the request and does not. */
  readonly missing: readonly PolicyType[];
  /** Closest first. */
  readonly nearMisses: readonly NearMiss[];
  /** Statements that together allow this request. Empty if only another request or architecture fixes it. */
  readonly mends: readonly Mend[];
}

/** Decision that depends on something unknown. Callers must not let the request pass. */
export interface Undecidable {
  readonly allowed: false;
  readonly kind: 'undecidable';
  /** One sentence: who asks for what, and what cannot be known. */
  readonly reason: string;
  /** Unknown facts, each as half a sentence. */
  readonly unknowns: readonly string[];
}

export type Denied = ExplicitDeny | ImplicitDeny | Undecidable;

export type Decision = Allowed | Denied;
