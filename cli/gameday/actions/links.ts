import { RunFailed } from '../../failure.ts';
import type { ActionsOf } from './action.ts';
import { accountOfStage } from '../arena.ts';

/** Links between accounts, as a person deletes and makes them by hand: no stack of the platform knows. */
export const linkActions: ActionsOf<'cut-link' | 'restore-link'> = {
  'cut-link': {
    does: (arena, { account: stage }) => {
      const { observability } = arena.sandbox;
      const account = accountOfStage(arena, stage);
      const cut = observability.links.filter((link) => link.account === account);
      if (cut.length === 0) throw new RunFailed(`account ${account} has no link that could be cut`);
      observability.links = observability.links.filter((link) => link.account !== account);
      arena.cutLinks.set(account, cut);
    },
    says: (_, { account }) => `the link of the account of the ${account} to the monitoring account is deleted`,
  },
  'restore-link': {
    does: (arena, { account: stage }) => {
      const account = accountOfStage(arena, stage);
      const cut = arena.cutLinks.get(account);
      if (!cut) throw new RunFailed(`the link of account ${account} was not cut, so it cannot be restored`);
      const { observability } = arena.sandbox;
      observability.links = [...observability.links, ...cut];
      arena.cutLinks.delete(account);
    },
    says: (_, { account }) => `the account of the ${account} is linked to the monitoring account again`,
  },
};
