import type { GameDay } from '../../../blocks/game-day.ts';

/** The weather does not arrive. */
export const importFailed: GameDay = {
  name: 'import-failed',
  title: 'the public bucket with the weather cannot be read, so the import fails',
  fix: 'read the cause of the failure, and start the import again',
  steps: [{ minute: 0, does: { kind: 'start', stage: 'child', workflow: 'import', input: {} } }],
  faultAt: 0,
  minutes: 30,
  raises: [{ alarm: { stage: 'child', signal: 'import-failed' }, fires: [1, 2], clears: [16, 17] }],
  because: 'failed',
};
