import type { GameDay } from '../../../blocks/game-day.ts';

/** The twin of the stuck parent: the same wait, and somebody hears of its end. */
export const healthyParent: GameDay = {
  name: 'healthy-parent',
  title: 'a parent waits for a child in another account that it may describe',
  fix: 'nothing: this is how it should be',
  steps: [{ minute: 0, does: { kind: 'start', input: { drill: 'healthy-parent', seconds: 1200 } } }],
  faultAt: 0,
  minutes: 45,
  raises: [],
  because: 'succeeded',
};
