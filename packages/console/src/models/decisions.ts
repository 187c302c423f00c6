/** Decisions about requests of a principal for an action on a resource that ended alike. */
export interface DecisionModel {
  readonly id: string;
  /** ARN of the role, or another name of the principal. */
  readonly principal: string;
  readonly action: string;
  /** With `*` at its end it represents more than one resource. */
  readonly resource: string;
  readonly account: string;
  readonly verdict: 'allowed' | 'explicit deny' | 'implicit deny' | 'undecidable';
  /** Milliseconds since the epoch. */
  readonly first: number;
  readonly last: number;
  readonly times: number;
  /** Start of a second, and decisions in it; of many, the first and the last. */
  readonly seconds: readonly (readonly [at: number, times: number])[];
  /** Id that evidence of a verdict names; null for what was allowed. */
  readonly denial: string | null;
}
