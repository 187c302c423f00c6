import type { GameDay } from '../../../blocks/game-day.ts';
import { withTimeout } from '../../../blocks/game-day-changes.ts';

/** The weather arrives in part. */
export const importTimedOut: GameDay = {
  name: 'import-timed-out',
  title: 'the import takes longer than it may',
  fix: 'start the import again: it copies what is missing',
  steps: [
    {
      minute: 0,
      does: {
        kind: 'change',
        in: { stage: 'child' },
        path: 'Import/Workflow/Resource',
        properties: withTimeout(60),
        title: 'an import may take one minute',
      },
    },
    {
      minute: 0,
      does: {
        kind: 'disturb',
        in: { stage: 'child' },
        path: 'Import/Importer/Resource',
        with: { kind: 'invocation-add-delay', seconds: 200 },
      },
    },
    { minute: 1, does: { kind: 'start', stage: 'child', workflow: 'import', input: {} } },
  ],
  faultAt: 1,
  minutes: 30,
  raises: [{ alarm: { stage: 'child', signal: 'import-timed-out' }, fires: [2, 3], clears: [17, 18] }],
  because: 'timed-out',
};
