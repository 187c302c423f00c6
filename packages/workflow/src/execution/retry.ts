import { fraction } from '../chance.ts';
import type { Retrier } from '../definition/definition.ts';
import { matches } from './failure.ts';
import type { Failure } from './failure.ts';

/** Values that AWS uses where a retrier has none. */
const DEFAULTS = { IntervalSeconds: 1, MaxAttempts: 3, BackoffRate: 2 };

interface Retry {
  /** Attempts made by each retrier, this one counted. */
  readonly retries: readonly number[];
  readonly delayMilliseconds: number;
}

/** The retry that the first matching retrier grants, unless it has used up its attempts. */
export function nextRetry(
  retriers: readonly Retrier[],
  made: readonly number[],
  failure: Failure,
  seed: string,
): Retry | undefined {
  const index = retriers.findIndex((each) => matches(each.ErrorEquals, failure));
  const retrier = retriers[index];
  if (!retrier) return undefined;
  const attempt = (made[index] ?? 0) + 1;
  if (attempt > (retrier.MaxAttempts ?? DEFAULTS.MaxAttempts)) return undefined;
  const retries = retriers.map((_, i) => (i === index ? attempt : (made[i] ?? 0)));
  return { retries, delayMilliseconds: delayMilliseconds(retrier, attempt, seed) };
}

/**
 * The wait before an attempt, counted from 1; `FULL` jitter draws it from nought to the computed delay.
 * https://docs.aws.amazon.com/step-functions/latest/dg/concepts-error-handling.html
 */
export function delayMilliseconds(retrier: Retrier, attempt: number, seed: string): number {
  const { IntervalSeconds, BackoffRate } = { ...DEFAULTS, ...retrier };
  const seconds = Math.min(IntervalSeconds * BackoffRate ** (attempt - 1), retrier.MaxDelaySeconds ?? Infinity);
  const share = retrier.JitterStrategy === 'FULL' ? fraction(seed) : 1;
  return Math.round(seconds * share * 1000);
}
