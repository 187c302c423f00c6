/** Why calls of a principal for an action were refused, and the statements that fix it. Counts are those of decisions. */
export interface DenialModel {
  /** Id that decisions and evidence of a verdict name. */
  readonly id: string;
  readonly kind: 'explicit deny' | 'implicit deny' | 'undecidable';
  readonly principal: string;
  readonly action: string;
  /** ARN of the first resource. */
  readonly resource: string;
  /** Account id of the resource. */
  readonly account: string;
  /** One sentence, without a full stop. */
  readonly reason: string;
  /** Time of the first refusal, in milliseconds since the epoch. */
  readonly first: number;
  /** Kinds of policies that decided: that deny, or that would have to allow. */
  readonly layers: readonly PolicyLayer[];
  /** Half sentences: statements that come close, or facts that nobody knows. */
  readonly hints: readonly string[];
  /** Statements that together allow it; empty if none does. */
  readonly fixes: readonly DenialFix[];
}

/** In the order in which IAM names them: the policies of an organization are `scp` and `rcp`. */
export const policyLayers = ['identity', 'resource', 'boundary', 'session', 'scp', 'rcp'] as const;

export type PolicyLayer = (typeof policyLayers)[number];

export interface DenialFix {
  /** The document and whose it is, for example `identity policy of …`. */
  readonly place: string;
  /** JSON text of the statement. */
  readonly text: string;
}

export const denialsAt = (model: readonly DenialModel[], at: number): readonly DenialModel[] =>
  model.every(({ first }) => first <= at) ? model : model.filter(({ first }) => first <= at);
