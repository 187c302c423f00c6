import type { GameDay } from '../../../blocks/game-day.ts';
import { describeThrottledOnce } from './describe-throttled-once.ts';
import { openMapRunsExactly } from './open-map-runs-exactly.ts';
import { transitionThrottledOnce } from './transition-throttled-once.ts';
import { transitionsUsedExactly } from './transitions-used-exactly.ts';

/** Games at the very edge of alarms: a value that just counts, one that does not yet, and values that end. */
export const edgeGames: readonly GameDay[] = [
  openMapRunsExactly,
  transitionThrottledOnce,
  describeThrottledOnce,
  transitionsUsedExactly,
];
