/** A mutant that is the same as its alarm over every recording. */
export interface EquivalentMutant {
  /** As `mutantText` writes it. */
  readonly mutant: string;
  readonly reason: string;
}

/** There are at most this many. */
export const mostEquivalent = 5;

/** Mutants that survive all game days, with the reason. One that does not survive any more must go. */
export const equivalentMutants: readonly EquivalentMutant[] = [
  {
    mutant: 'crosswind-fleet-stuck-parents: aggregation, MAX -> COUNT',
    reason:
      'The probe writes the metric only if there is a stuck parent, so every value is at least 1: a period has a value of 1 or more exactly if it has a value.',
  },
  {
    mutant: 'crosswind-fleet-probe-incomplete: aggregation, SUM -> COUNT',
    reason:
      'The probe writes 1 for a round that did not see everything, and nothing otherwise: the sum of ones is their count.',
  },
  {
    mutant: 'crosswind-fleet-map-run-backlog: aggregation, MAX -> COUNT',
    reason:
      'Step Functions writes the metric while Map Runs wait, in the sandbox at least: every value is at least 1, as for stuck parents.',
  },
  {
    mutant: 'crosswind-fleet-transitions-throttled: aggregation, SUM -> COUNT',
    reason: 'Each throttled state transition is one value of 1: the sum of ones is their count.',
  },
  {
    mutant: 'crosswind-fleet-describe-throttled: aggregation, SUM -> COUNT',
    reason: 'Each throttled call is one value of 1: the sum of ones is their count.',
  },
];
