import type { GameDay } from '../../../blocks/game-day.ts';

/** Nobody has imported any weather, or its objects were deleted. */
export const sourceEmpty: GameDay = {
  name: 'source-empty',
  title: 'the source bucket is empty, so a run succeeds and its results are empty, too',
  fix: 'import the weather, and run again',
  steps: [{ minute: 0, does: { kind: 'start', input: {} } }],
  faultAt: 0,
  minutes: 30,
  raises: [{ alarm: { stage: 'child', signal: 'source-empty' }, fires: [1, 2], clears: [16, 17] }],
  because: 'source-empty',
};
