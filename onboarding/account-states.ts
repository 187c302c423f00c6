import type { AccountState } from '../config/schema.ts';

/** Effect of each state on what is deployed, in one line (docs/decisions/0014-account-states.md). */
export const stateMeanings: Readonly<Record<AccountState, string>> = {
  pending: 'known and checked, nothing deployed, trusts nobody',
  active: 'deployed',
  draining: 'stays deployed as it is, nothing new arrives',
  detached: 'nothing deployed any more, its id is in no template',
};
