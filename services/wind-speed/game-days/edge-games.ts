import type { GameDay } from '../../../blocks/game-day.ts';
import { batchTimedOut } from './batch-timed-out.ts';
import { concurrencyReserved } from './concurrency-reserved.ts';
import { failingItemsExactly } from './failing-items-exactly.ts';
import { halfOfItsTimeout } from './half-of-its-timeout.ts';
import { lambdaThrottledOnce } from './lambda-throttled-once.ts';
import { neverSucceeded } from './never-succeeded.ts';
import { nobodyInvokes } from './nobody-invokes.ts';
import { throttledBriefly } from './throttled-briefly.ts';

/** Games at the very edge of alarms: a value that just counts, one that does not yet, and values that end. */
export const edgeGames: readonly GameDay[] = [
  failingItemsExactly,
  lambdaThrottledOnce,
  batchTimedOut,
  halfOfItsTimeout,
  neverSucceeded,
  nobodyInvokes,
  concurrencyReserved,
  throttledBriefly,
];
