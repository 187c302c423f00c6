import type { GameDay } from '../../../blocks/game-day.ts';
import { weather } from './weather.ts';

/** Nothing fails, because nothing runs. */
export const neverStarted: GameDay = {
  name: 'never-started',
  title: 'the schedule loses a time, so a day passes without a run',
  fix: 'start the run by hand',
  steps: [
    { minute: 0, does: weather({ objects: 40 }) },
    { minute: 3000, does: { kind: 'lose-next' } },
    { minute: 5000, does: { kind: 'start', input: {} } },
  ],
  faultAt: 3568,
  fixedAt: 5000,
  minutes: 6000,
  raises: [{ alarm: { stage: 'parent', signal: 'late' }, fires: [720, 720], clears: [728, 728] }],
  because: 'never-started',
};
