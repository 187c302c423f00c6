import { PolicyError } from './policy-document.ts';
import type { Principal } from './principal.ts';

/** The principals that a Principal or NotPrincipal element names. */
export interface NamedPrincipals {
  readonly everyone: boolean;
  readonly accounts: ReadonlySet<string>;
  readonly arns: ReadonlySet<string>;
  readonly services: ReadonlySet<string>;
  /** The names as the policy writes them. */
  readonly names: readonly string[];
}

/** As what a principal was named: an account only hands the decision to its identity policies. */
export type Grantee = 'session' | 'role' | 'service' | 'everyone' | 'account';

const ACCOUNT = /^(?:arn:aws[a-z-]*:iam::)?(\d{12})(?::root)?$/;
const IDENTITY = /^arn:aws[a-z-]*:(?:iam::\d{12}:(?:role|user)|sts::\d{12}:assumed-role)\/[^*?]+$/;

/** The principals of an element; kinds that the sandbox has no use for are refused by name. */
export function namedPrincipals(element: Readonly<Record<string, readonly string[]>>): NamedPrincipals {
  const accounts = new Set<string>();
  const arns = new Set<string>();
  let everyone = false;
  for (const [kind, names] of Object.entries(element)) {
    if (kind !== 'AWS' && kind !== 'Service') throw new PolicyError(`principal kind "${kind}" is not supported`);
    if (kind === 'Service') continue;
    for (const name of names) {
      const account = ACCOUNT.exec(name)?.[1];
      if (name === '*') everyone = true;
      else if (account !== undefined) accounts.add(account);
      else if (IDENTITY.test(name)) arns.add(name);
      else throw new PolicyError(`principal ${JSON.stringify(name)} is neither an account, a role, a session nor "*"`);
    }
  }
  return { everyone, accounts, arns, services: new Set(element['Service']), names: Object.values(element).flat() };
}

/** The most direct way in which an element names a principal, or undefined (AWS: "AWS JSON policy elements: Principal"). */
export function granteeOf(named: NamedPrincipals, principal: Principal): Grantee | undefined {
  if (principal.kind === 'role') {
    if (named.arns.has(principal.sessionArn)) return 'session';
    if (named.arns.has(principal.roleArn)) return 'role';
    if (named.everyone) return 'everyone';
    return named.accounts.has(principal.account) ? 'account' : undefined;
  }
  if (principal.kind === 'service' && named.services.has(principal.service)) return 'service';
  return named.everyone ? 'everyone' : undefined;
}

/** Whether NotPrincipal spares a principal: a role only when its account is listed beside it (AWS: "NotPrincipal"). */
export function isSpared(named: NamedPrincipals, principal: Principal): boolean {
  if (principal.kind !== 'role') return granteeOf(named, principal) !== undefined;
  const listed = named.arns.has(principal.roleArn) || named.arns.has(principal.sessionArn);
  return named.everyone || (listed && named.accounts.has(principal.account));
}
