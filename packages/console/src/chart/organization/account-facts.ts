import type { DecisionModel } from '../../models/decisions.ts';
import type { OrganizationAccount, OrganizationModel, TrustModel } from '../../models/organization.ts';
import { remembered } from '../../models/remembered.ts';
import { accountWith } from './cell.ts';

/** Somebody outside of an account who may assume roles in it. */
export interface Entrance {
  /** Name of the account, or `everybody`. */
  readonly from: string;
  /** Names of the roles. */
  readonly roles: readonly string[];
  /** Half sentences that have to hold, the same for all of them. */
  readonly conditions: readonly string[];
}

/** Entrances from other accounts: those of tenants first, then those of the accounts that all share. */
export function entrancesOf(model: OrganizationModel, { id, roles }: OrganizationAccount): readonly Entrance[] {
  const entrances = new Map<
    string,
    { from: string; isShared: boolean; roles: string[]; conditions: readonly string[] }
  >();
  for (const { arn, trusts } of roles) {
    for (const { who, account, conditions } of trusts.filter((trust) => isOutside(trust, id))) {
      const from = account === null ? undefined : accountWith(model, account);
      const key = `${account ?? who} ${conditions.join(' ')}`;
      const known = entrances.get(key) ?? {
        from: from?.name ?? (account === null ? 'everybody' : who),
        isShared: from !== undefined && from.jobs.length > 0,
        roles: [],
        conditions: conditions.map(withoutArns),
      };
      entrances.set(key, known);
      known.roles.push(nameIn(arn));
    }
  }
  return [...entrances.values()]
    .sort((one, other) => Number(one.isShared) - Number(other.isShared))
    .map(({ from, roles: names, conditions }) => ({ from, roles: names, conditions }));
}

/** Last part of an ARN. */
const nameIn = (arn: string): string => arn.split(/[/:]/).at(-1) ?? arn;

const withoutArns = (text: string): string => text.replaceAll(/arn:[^ ]+/g, nameIn);

const isOutside = ({ who, account }: TrustModel, id: string): boolean =>
  who === '*' || (account !== null && account !== id);

/** A role with how many of the patterns that it was granted a call has used. */
export interface RoleUse {
  /** ARN. */
  readonly role: string;
  readonly granted: number;
  readonly used: number;
}

const allowedBy = remembered((decisions: readonly DecisionModel[]): ReadonlyMap<string, ReadonlySet<string>> => {
  const actions = new Map<string, Set<string>>();
  for (const { principal, action, verdict } of decisions) {
    if (verdict !== 'allowed') continue;
    const known = actions.get(principal);
    if (known) known.add(action);
    else actions.set(principal, new Set([action]));
  }
  return actions;
});

/** Roles of an account with the use of what they were granted, those that were used first. */
export function rolesInUse(
  { actions }: OrganizationModel,
  { roles }: OrganizationAccount,
  decisions: readonly DecisionModel[],
): readonly RoleUse[] {
  const uses = roles.map(({ arn, grants }): RoleUse => {
    const calls = [...(allowedBy(decisions).get(arn) ?? [])];
    const used = grants.filter((place) => calls.some((call) => matches(actions[place] ?? '', call))).length;
    return { role: arn, granted: grants.length, used };
  });
  return uses.sort((one, other) => Number(other.used > 0) - Number(one.used > 0));
}

/**
 * True if a pattern of a policy names an action, in any case.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_action.html
 */
export function matches(pattern: string, action: string): boolean {
  const parts = pattern.toLowerCase().split('*');
  const name = action.toLowerCase();
  if (parts.length === 1 && !pattern.includes('?')) return name === parts[0];
  const expression = parts.map((part) => part.replace(/[.+^${}()|[\]\\]/g, '\\$&').replaceAll('?', '.')).join('.*');
  return new RegExp(`^${expression}$`).test(name);
}
