import type { Allowed } from './decision.ts';
import type { Verdict } from './verdicts.ts';

/** Decision that statements allow. Its reason is worded on demand, as nearly every decision is one of these. */
export class AllowedBy implements Allowed {
  readonly allowed = true;
  readonly #verdicts: readonly Verdict[];

  constructor(verdicts: readonly Verdict[]) {
    this.#verdicts = verdicts;
  }

  get reason(): string {
    // Resource control policies permit nothing by themselves, and nearly all of them are RCPFullAWSAccess.
    const given = this.#verdicts.filter(({ policyType }) => policyType !== 'rcp');
    const parts = [...new Map(given.map((verdict) => [verdict.policyType, verdict])).values()];
    if (parts.length === 0) return 'allowed because nothing denies it to the root user of the account';
    return `allowed by ${parts.map(({ statement, source }) => `${statement.label} of ${source.name}`).join(' and ')}`;
  }
}
