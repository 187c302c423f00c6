import type { GameDay } from '../../../blocks/game-day.ts';

/** Nothing of an account is seen, although everything runs in it. */
export const linkCut: GameDay = {
  name: 'link-cut',
  title: 'the link that shares metrics of an account with the monitoring account is deleted',
  fix: 'run the command that `npx crosswind preflight` prints for the account: it makes the link again',
  steps: [
    { minute: 0, does: { kind: 'cut-link', account: 'child' } },
    { minute: 40, does: { kind: 'restore-link', account: 'child' } },
  ],
  faultAt: 0,
  fixedAt: 40,
  minutes: 75,
  raises: [{ alarm: { account: 'child', signal: 'silent' }, fires: [1, 1], clears: [1, 1] }],
  because: 'link-cut',
};
