import type { GameDay } from '../../../blocks/game-day.ts';

/** The first write of a run is refused. */
export const resultsDenied: GameDay = {
  name: 'results-denied',
  title: 'the function that reads a batch may not write its partial result',
  fix: 'allow s3:PutObject on the partial results in the role of the function',
  steps: [
    { minute: 0, does: { kind: 'break', fault: 'results-write' } },
    { minute: 1, does: { kind: 'start' } },
    { minute: 5, does: { kind: 'fix', fault: 'results-write' } },
    { minute: 6, does: { kind: 'start' } },
  ],
  faultAt: 1,
  fixedAt: 5,
  minutes: 30,
  raises: [
    { alarm: { stage: 'child', signal: 'failed' }, fires: [1, 2], clears: [12, 13] },
    { alarm: { stage: 'parent', signal: 'failed' }, fires: [1, 2], clears: [12, 13] },
  ],
  because: 'results-denied',
};
