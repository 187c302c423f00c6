import type { GameDay } from '../../../blocks/game-day.ts';
import { weather } from './weather.ts';

/** The run succeeds, and the next one may not. */
export const failingItems4: GameDay = {
  name: 'failing-items-4',
  title: '4 % of the objects cannot be read, and 5 % are tolerated',
  fix: 'import the objects again that the summary of the run names',
  steps: [
    { minute: 0, does: weather({ objects: 100, damaged: 4 }) },
    { minute: 1, does: { kind: 'start', input: {} } },
  ],
  faultAt: 1,
  minutes: 30,
  raises: [{ alarm: { stage: 'child', signal: 'objects-failing' }, fires: [1, 2], clears: [16, 17] }],
  because: 'failing-items',
};
