/** Something that was broken or fixed, by a person or by a game day. */
export interface ChangeModel {
  readonly id: string;
  /** Milliseconds since the epoch. */
  readonly at: number;
  /** Empty if every account is concerned. */
  readonly account: string;
  readonly kind: 'stack' | 'fault' | 'schedule' | 'quota' | 'outage';
  /** ARN if there is one, else a name. */
  readonly resource: string;
  /** One sentence, without a full stop. */
  readonly sentence: string;
}

export const changesAt = (changes: readonly ChangeModel[], at: number): readonly ChangeModel[] =>
  changes.filter((change) => change.at <= at);
