import type { GameDayModel, GameOutcomeModel } from '../src/models/game-days.ts';

/** A game with one alarm, not played. */
export const game = (name: string): GameDayModel => ({
  name,
  workload: 'orders',
  title: 'the function may not write',
  fix: 'allow it again',
  because: 'function-failed',
  steps: [{ minute: 2, sentence: 'the function may not write' }],
  faultAt: 2,
  minutes: 60,
  expected: [{ alarm: 'late', of: [], fires: [5, 7], clears: [10, 14] }],
  outcome: null,
});

export const outcomeOf = (changes: Partial<GameOutcomeModel>): GameOutcomeModel => ({
  ...{ passed: true, source: 'played here', at: Date.UTC(2026, 10, 27, 6) },
  ...{ fired: [], unexpected: [], missing: [], wrong: [] },
  ...changes,
});
