import type { GameDay } from '../../../blocks/game-day.ts';
import { weather } from './weather.ts';

/** Fewer objects fail than anybody needs to know of. */
export const failingItems3: GameDay = {
  name: 'failing-items-3',
  title: '3 % of the objects cannot be read, and 5 % are tolerated',
  fix: 'nothing: the summary of the run names them',
  steps: [
    { minute: 0, does: weather({ objects: 100, damaged: 3 }) },
    { minute: 1, does: { kind: 'start', input: {} } },
  ],
  faultAt: 1,
  minutes: 30,
  raises: [],
  because: 'failing-items',
};
