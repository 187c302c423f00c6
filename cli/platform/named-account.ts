import { listed, nearest } from '../../config/nearest.ts';
import type { Platform } from '../../config/schema.ts';
import { WrongInput } from '../failure.ts';
import { type ListedAccount, listedAccounts } from './plan.ts';

/** The account of that name; a name that is not in the file is wrong input. */
export function namedAccount(platform: Platform, name: string): ListedAccount {
  const accounts = listedAccounts(platform);
  const account = accounts.find((candidate) => candidate.name === name);
  if (account) return account;
  const names = accounts.map((candidate) => candidate.name);
  const meant = nearest(name, names);
  throw new WrongInput(
    `no account is called "${name}" (expected ${listed(names)}${meant === undefined ? '' : `; did you mean "${meant}"?`})`,
  );
}

/** The account of that name or id; one that is not in the file is wrong input. */
export function accountCalled(platform: Platform, word: string): ListedAccount {
  const accounts = listedAccounts(platform);
  const account = accounts.find(({ id }) => id === word);
  if (account) return account;
  if (!/^\d+$/.test(word)) return namedAccount(platform, word);
  const meant = nearest(
    word,
    accounts.map(({ id }) => id),
  );
  const names = accounts.map(({ id, name }) => `${id} ${name}`);
  throw new WrongInput(
    `no account has the id ${word} (expected ${listed(names)}${meant === undefined ? '' : `; did you mean ${meant}?`})`,
  );
}
