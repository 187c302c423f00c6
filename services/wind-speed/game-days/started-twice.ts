import type { GameDay } from '../../../blocks/game-day.ts';
import { weather } from './weather.ts';

/** EventBridge Scheduler delivers at least once. */
export const startedTwice: GameDay = {
  name: 'started-twice',
  title: 'the schedule starts the same run twice',
  fix: 'nothing: both runs have the same results',
  steps: [
    { minute: 0, does: weather({ objects: 40 }) },
    { minute: 30, does: { kind: 'fire-again' } },
  ],
  faultAt: 30,
  minutes: 60,
  opensAt: '11:00',
  raises: [],
  because: 'started-twice',
};
