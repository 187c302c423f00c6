import type { GameAction, GameDay } from '../../../blocks/game-day.ts';

const few = (account: 'parent' | 'child'): GameAction => ({
  kind: 'set-quotas',
  account,
  quotas: { stateTransitions: { size: 1, refillPerSecond: 1 } },
  title: `the account of the ${account} has one state transition at a time`,
});

/** A run that is a few seconds late is nobody's business. */
export const throttledBriefly: GameDay = {
  name: 'throttled-briefly',
  title: 'a single run is throttled for less than three minutes',
  fix: 'nothing: the run succeeds, a few seconds late',
  steps: [
    { minute: 0, does: few('parent') },
    { minute: 0, does: few('child') },
    { minute: 1, does: { kind: 'start' } },
  ],
  faultAt: 1,
  minutes: 20,
  raises: [],
  because: 'transition-throttling',
};
