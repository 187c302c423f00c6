import type { GameDay } from '../../../blocks/game-day.ts';
import { weather } from './weather.ts';

/** Exactly as many as the alarm counts as near. */
export const failingItemsExactly: GameDay = {
  name: 'failing-items-exactly',
  title: '3.75 % of the objects cannot be read: exactly three quarters of what is tolerated',
  fix: 'import the objects again that the summary of the run names',
  steps: [
    { minute: 0, does: weather({ objects: 80, damaged: 3 }) },
    { minute: 1, does: { kind: 'start', input: {} } },
  ],
  faultAt: 1,
  minutes: 30,
  raises: [{ alarm: { stage: 'child', signal: 'objects-failing' }, fires: [1, 2], clears: [16, 17] }],
  because: 'failing-items',
};
