import type { GameDay } from '../../../blocks/game-day.ts';
import { weather } from './weather.ts';

/** The twin of all others: nothing is wrong. */
export const quietDay: GameDay = {
  name: 'quiet-day',
  title: 'nothing is wrong for a day, in which the schedule starts a run',
  fix: 'nothing: this is how it should be',
  steps: [{ minute: 0, does: weather({ objects: 40 }) }],
  faultAt: 0,
  minutes: 24 * 60,
  raises: [],
  because: 'succeeded',
};
