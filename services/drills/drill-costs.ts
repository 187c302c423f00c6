import { prices } from '@crosswind/aws/prices';
import { type Drill, amounts, drillNames, loops } from './drill-input.ts';

/** Retries of a start across accounts (`startStage`); each is billed as a state transition. */
const startRetries = 4;

/** States of the parent: two choices, one that fills in the input, the start with its retries, and the outcome. */
const parentTransitions = 3 + (1 + startRetries) + 1;

/** States of the child besides those of the drill: two choices and the end. */
const childTransitions = 3;

/** A round is a choice and a step down; the last choice ends the loop. */
const loopTransitions = 2 * amounts.countdown.most + 2;

/** State transitions of the drill itself, in the child and in the children of its Map Runs. */
const drillTransitions: Readonly<Record<Drill, number>> = {
  'healthy-parent': 1,
  'stuck-parent': 1,
  // The map over the Map Runs; for each of them its map and the wait of its one child.
  'open-map-runs': 1 + 2 * amounts.mapRuns.most,
  // The map over the workers; each worker is a parallel state with its loops.
  'transition-throttling': 1 + amounts.workers.most * (1 + loops * loopTransitions),
};

/** State transitions of one start at its upper bounds, retries included. */
export const mostTransitions = (drill: Drill): number => parentTransitions + childTransitions + drillTransitions[drill];

/**
 * Share for log lines: two events of about half a kilobyte for each transition, at 0.50 dollars for a gigabyte
 * (https://aws.amazon.com/cloudwatch/pricing/), are 2 % of its price. Doubled, and rounded up.
 */
const logShare = 0.05;

/** US dollars that one start of the drill costs at most, rounded up to cents; free tiers aside. */
export const mostDollars = (drill: Drill): number =>
  Math.ceil(mostTransitions(drill) * prices.standardTransitions.dollars * (1 + logShare) * 100) / 100;

/** Sentence for the descriptions of the workflows. */
export const mostDollarsText = `One start costs at most ${drillNames
  .map((drill) => `$${mostDollars(drill).toFixed(2)} (${drill})`)
  .join(', ')}.`;
