import { isUnresolved } from '@crosswind/aws/json';
import { PolicyError, Unsupported } from './policy-document.ts';
import { hasAccount, type Principal } from './principal.ts';

/** The principals that a Principal or NotPrincipal element names. */
export interface NamedPrincipals {
  readonly everyone: boolean;
  readonly accounts: ReadonlySet<string>;
  readonly arns: ReadonlySet<string>;
  readonly services: ReadonlySet<string>;
  /** Identity providers. */
  readonly providers: ReadonlySet<string>;
  /** Kinds with an unresolved name. Any caller of the kind may be meant. */
  readonly unresolved: ReadonlySet<string>;
  /** The names as the policy writes them. */
  readonly names: readonly string[];
}

/**
 * As what a principal was named, for what that is worth: a session, a user and everyone need no policy of their own, what a
 * role gets its boundary and session policy limit, an account only hands the decision to its identity policies.
 */
export type Grantee = 'session' | 'user' | 'role' | 'service' | 'provider' | 'everyone' | 'account';

const ACCOUNT = /^(?:arn:aws[a-z-]*:iam::)?(\d{12})(?::root)?$/;
const IDENTITY =
  /^arn:aws[a-z-]*:(?:iam::\d{12}:(?:role|user)|sts::\d{12}:(?:assumed-role|federated-user)|iam::cloudfront:user)\/[^*?]+$/;
/** ID that AWS writes in place of a deleted role or user. It names no principal any more. */
const GONE = /^A(?:ROA|IDA)[A-Z0-9]{12,}$/;

/** The principals of an element; kinds that cannot be compared with a caller are refused by name. */
export function namedPrincipals(element: ReadonlyMap<string, readonly string[]>): NamedPrincipals {
  const accounts = new Set<string>();
  const arns = new Set<string>();
  const unresolved = new Set<string>();
  let everyone = false;
  for (const [kind, names] of element) {
    if (kind === 'CanonicalUser')
      throw new Unsupported(
        'principal kind "CanonicalUser" is not supported: which account it stands for is not known',
      );
    if (kind !== 'AWS' && kind !== 'Service' && kind !== 'Federated')
      throw new PolicyError(`unknown principal kind ${JSON.stringify(kind)} (known: AWS, Service, Federated)`);
    for (const name of names) {
      if (isUnresolved(name)) {
        unresolved.add(kind);
        continue;
      }
      if (kind !== 'AWS') {
        if (/[*?]/.test(name))
          throw new PolicyError(`${kind} principal ${JSON.stringify(name)} may not have wildcards`);
        continue;
      }
      const account = ACCOUNT.exec(name)?.[1];
      if (name === '*') everyone = true;
      else if (account !== undefined) accounts.add(account);
      else if (IDENTITY.test(name)) arns.add(name);
      else if (!GONE.test(name))
        throw new PolicyError(
          `principal ${JSON.stringify(name)} is neither an account, a role, a session, a user nor "*"`,
        );
    }
  }
  const services = new Set(element.get('Service'));
  const providers = new Set(element.get('Federated'));
  return { everyone, accounts, arns, services, providers, unresolved, names: [...element.values()].flat() };
}

/** The most direct way in which an element names a principal, or undefined (AWS: "AWS JSON policy elements: Principal"). */
export function granteeOf(named: NamedPrincipals, principal: Principal): Grantee | undefined {
  const byName = nameIn(named, principal);
  if (byName !== undefined) return byName;
  if (named.everyone) return 'everyone';
  return hasAccount(principal) && named.accounts.has(principal.account) ? 'account' : undefined;
}

/** True if a name that is not known may be the principal's. */
export function mayName({ unresolved }: NamedPrincipals, principal: Principal): boolean {
  if (principal.kind === 'service') return unresolved.has('Service');
  return unresolved.has(principal.kind === 'federated' ? 'Federated' : 'AWS');
}

function nameIn({ arns, services, providers }: NamedPrincipals, principal: Principal): Grantee | undefined {
  switch (principal.kind) {
    case 'role':
      if (arns.has(principal.sessionArn)) return 'session';
      return [...arns].some((arn) => isRole(arn, principal)) ? 'role' : undefined;
    case 'user':
      return arns.has(principal.userArn) ? 'user' : undefined;
    case 'federated user':
      if (arns.has(principal.sessionArn)) return 'session';
      // What a user was given, the session that the user asked for has within its limits, as a role's session.
      return principal.userArn !== undefined && arns.has(principal.userArn) ? 'role' : undefined;
    case 'service':
      return services.has(principal.service) ? 'service' : undefined;
    case 'federated':
      return providers.has(principal.provider) ? 'provider' : undefined;
    case 'root':
    case 'anonymous':
      return undefined;
  }
}

/** True if an ARN is the caller's role; of a role whose path is not known by its name, which is unique in its account. */
function isRole(arn: string, { roleArn, isPathUnknown }: Extract<Principal, { kind: 'role' }>): boolean {
  if (arn === roleArn || !isPathUnknown) return arn === roleArn;
  return arn.replace(/:role\/.*\//, ':role/') === roleArn;
}

/**
 * True if NotPrincipal exempts a principal. A role or user is exempt only if its account is listed, too. One with a
 * permissions boundary is never exempt (AWS: "AWS JSON policy elements: NotPrincipal").
 */
export function isSpared(named: NamedPrincipals, principal: Principal, bounded: boolean): boolean {
  if (principal.kind === 'role' || principal.kind === 'user' || principal.kind === 'federated user') {
    if (bounded) return false;
    return named.everyone || (nameIn(named, principal) !== undefined && named.accounts.has(principal.account));
  }
  return granteeOf(named, principal) !== undefined;
}
