import type { GameDay } from '../../../blocks/game-day.ts';

/** Nothing of an account is seen, although everything runs in it. */
export const linkCut: GameDay = {
  name: 'link-cut',
  title: 'the link that shares metrics of an account with the monitoring account is deleted',
  fix: 'deploy the baseline of the account again, which makes the link',
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
