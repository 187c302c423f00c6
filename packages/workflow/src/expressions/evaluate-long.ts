import { type Evaluated, type Evaluation, evaluateWithin } from './evaluate-within.ts';
import { longLimits } from './evaluation-limits.ts';

/** The evaluation as AWS limits it; for a process that ends when it takes longer. */
export const evaluateLong = (evaluation: Evaluation): Promise<Evaluated> => evaluateWithin(longLimits, evaluation);
