import type { GameDay } from '../../../blocks/game-day.ts';
import { weather } from './weather.ts';

/** More fails than the run tolerates. */
export const failingItems6: GameDay = {
  name: 'failing-items-6',
  title: '6 % of the objects cannot be read, and 5 % are tolerated',
  fix: 'import the objects again that the cause of the failure names',
  steps: [
    { minute: 0, does: weather({ objects: 100, damaged: 6 }) },
    { minute: 1, does: { kind: 'start', input: {} } },
  ],
  faultAt: 1,
  minutes: 30,
  raises: [
    { alarm: { stage: 'child', signal: 'failed' }, fires: [1, 2], clears: [16, 17] },
    { alarm: { stage: 'parent', signal: 'failed' }, fires: [1, 2], clears: [16, 17] },
  ],
  because: 'too-many-failed-items',
};
