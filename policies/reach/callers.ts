import { accountOf } from '@crosswind/aws/arn';
import type { Principal } from '@crosswind/iam/principal';
import type { Atom } from './atoms.ts';
import { anyName } from './decide-call.ts';
import type { PrincipalKind } from './new-access-types.ts';
import { administratorOf, roleAt } from './representatives.ts';
import type { Sides } from './sides.ts';

/** A principal as a report names it. */
export interface NamedPrincipal {
  readonly kind: PrincipalKind;
  readonly principal: string;
  readonly account: string;
}

/** Principals that stand for those that a statement of a resource's policy names; of `*`, the least trusted first. */
export function callersNamed({ principal, compiled }: Atom, resource: string, sides: Sides): readonly Principal[] {
  const { after, region, stranger } = sides;
  if (principal === undefined || principal[1] === '*') {
    const own = after.accountOf(resource);
    const told = compiled.conditions.filter(({ contextKey }) => /^aws:principal(arn|account)$/.test(contextKey));
    const named = told.flatMap(({ expected }) => expected.flatMap((value) => /\d{12}/.exec(value)?.[0] ?? []));
    const other = [...after.accounts].find((account) => account !== own) ?? stranger;
    const accounts = new Set([stranger, ...named, other, own]);
    return [{ kind: 'anonymous' }, ...[...accounts].map((account) => administratorOf(account, region))];
  }
  const [kind, name] = principal;
  if (kind === 'Service') return [{ kind: 'service', service: name }];
  if (kind === 'Federated') return [{ kind: 'federated', provider: name }];
  if (/^\d{12}$/.test(name)) return [administratorOf(name, region)];
  if (name.includes(':role/')) return [roleAt(name)];
  if (name.includes(':user/')) return [{ kind: 'user', userArn: name, account: accountOf(name) }];
  const [, role] = /:assumed-role\/([^/]+)\//.exec(name) ?? [];
  if (role === undefined) return [];
  const roleArn = name.replace(':sts:', ':iam:').replace(/:assumed-role\/.*$/, `:role/${role}`);
  return [{ kind: 'role', roleArn, sessionArn: name, account: accountOf(name) }];
}

/** How reports name a principal that was asked for. */
export function namedPrincipal(principal: Principal, stranger: string): NamedPrincipal {
  switch (principal.kind) {
    case 'role': {
      const { account, roleArn } = principal;
      if (account === stranger) return everyone;
      return roleArn.endsWith(`role/${anyName}`)
        ? { kind: 'account', principal: `account ${account}`, account }
        : { kind: 'role', principal: roleArn, account };
    }
    case 'user':
      return { kind: 'user', principal: principal.userArn, account: principal.account };
    case 'service':
      return { kind: 'service', principal: principal.service, account: '' };
    case 'federated':
      return { kind: 'provider', principal: principal.provider, account: '' };
    case 'root':
    case 'federated user':
      return { kind: 'account', principal: `account ${principal.account}`, account: principal.account };
    case 'anonymous':
      return everyone;
  }
}

const everyone: NamedPrincipal = { kind: 'everyone', principal: 'everyone', account: '' };
