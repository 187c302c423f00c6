import type { GameDay } from '../../../blocks/game-day.ts';
import { weather } from './weather.ts';

/** Nothing fails, because nothing runs. */
export const neverStarted: GameDay = {
  name: 'never-started',
  title: 'the schedule loses a time, so a day passes without a run',
  fix: 'start the run by hand',
  steps: [
    { minute: 0, does: weather({ objects: 40 }) },
    { minute: 1500, does: { kind: 'lose-next' } },
    { minute: 3400, does: { kind: 'start', input: {} } },
  ],
  faultAt: 2128,
  fixedAt: 3400,
  minutes: 4400,
  raises: [{ alarm: { stage: 'parent', signal: 'late' }, fires: [720, 721], clears: [888, 888] }],
  because: 'never-started',
};
