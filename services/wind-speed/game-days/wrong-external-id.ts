import type { GameDay } from '../../../blocks/game-day.ts';

/** The role in the child account expects another caller, so a run does not begin. */
export const wrongExternalId: GameDay = {
  name: 'wrong-external-id',
  title: 'the target role expects the external id of somebody else, so the parent may not start its child',
  fix: 'deploy the target role again: its external id is the ARN of the state machine of the parent',
  steps: [
    { minute: 0, does: { kind: 'break', fault: 'external-id' } },
    { minute: 1, does: { kind: 'start' } },
    { minute: 5, does: { kind: 'fix', fault: 'external-id' } },
    { minute: 6, does: { kind: 'start' } },
  ],
  faultAt: 1,
  fixedAt: 5,
  minutes: 30,
  raises: [{ alarm: { stage: 'parent', signal: 'failed' }, fires: [1, 2], clears: [12, 13] }],
  because: 'wrong-external-id',
};
