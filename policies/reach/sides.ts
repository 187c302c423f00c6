import type { Decision } from '@crosswind/iam/decision';
import type { Principal } from '@crosswind/iam/principal';
import { type Statement, statementsOf } from '@crosswind/iam/statement';
import { type Asked, type DecidingSide, decideRequest, requestTo } from './decide-request.ts';
import { bucketArn } from './deciding-policies.ts';
import { grouped } from './grouped.ts';
import { type Filling, roleAt } from './representatives.ts';

/** Two sides of a platform, and how what is on the one is called on the other. */
export interface Sides {
  readonly before: DecidingSide;
  readonly after: DecidingSide;
  /** The text of the side before, as the side after names renamed roles. */
  readonly named: (text: string) => string;
  /** The decision before; undefined if the principal, or the resource whose policy is asked, did not exist. */
  readonly decidedBefore: (asked: Asked) => Decision | undefined;
  readonly decidedAfter: (asked: Asked) => Decision;
  readonly region: string;
  /** Statements of both sides that have a say in what a principal may do, by its own policies. */
  readonly limiting: (principal: Principal) => readonly Statement[];
  /** Statements of both sides on a resource, by its policy and those of the organization. */
  readonly guarding: (resource: string) => readonly Statement[];
  /** Resources after that principals of an account may reach: its own, and others whose policies name it or everyone. */
  readonly resourcesFor: (account: string) => readonly string[];
  readonly filling: (account: string) => Filling;
  /** An account outside of the platform. */
  readonly stranger: string;
}

/** @param renamed ARNs of roles before, by their ARNs after */
export function sidesOf(before: DecidingSide, after: DecidingSide, renamed: ReadonlyMap<string, string>): Sides {
  const stranger = strangerTo(before, after);
  const { region } = after;
  const resources = resourcesFor(after);
  const earlier = (arn: string): string => renamed.get(arn) ?? arn;
  const asBefore = (asked: Asked): Asked => ({
    ...asked,
    principal:
      asked.principal.kind === 'role'
        ? { ...asked.principal, ...roleAt(earlier(asked.principal.roleArn)) }
        : asked.principal,
    resource: earlier(asked.resource),
    keys: Object.fromEntries(
      Object.entries(asked.keys).map(([key, value]) => [key, typeof value === 'string' ? earlier(value) : value]),
    ),
  });
  return {
    before,
    after,
    named: (text) => [...renamed].reduce((whole, [to, from]) => whole.replaceAll(`"${from}"`, `"${to}"`), text),
    decidedBefore: (asked) => {
      const { principal, resource } = asked;
      if (principal.kind === 'role' && after.policies.roles.has(principal.roleArn)) {
        if (!before.policies.roles.has(earlier(principal.roleArn))) return undefined;
      }
      if (
        after.policies.makes(resource) &&
        isGuarded(resource, after) &&
        !before.policies.makes(earlier(bucketArn(resource)))
      ) {
        return undefined;
      }
      return decideRequest(requestTo(renamed.size === 0 ? asked : asBefore(asked), before), before);
    },
    decidedAfter: (asked) => decideRequest(requestTo(asked, after), after),
    limiting: (principal) => {
      if (!('account' in principal)) return [];
      const arn = principal.kind === 'role' ? principal.roleArn : '';
      return [...limitsOf(arn, principal.account, after), ...limitsOf(earlier(arn), principal.account, before)];
    },
    guarding: (resource) => [...guardsOf(resource, after), ...guardsOf(earlier(resource), before)],
    region,
    resourcesFor: resources,
    filling: (account) => ({ region, accounts: account === '' ? [stranger] : [account, stranger] }),
    stranger,
  };
}

/** An account that no side has. */
export const strangerTo = (...sides: readonly DecidingSide[]): string =>
  ['999999999999', '888888888888', '777777777777'].find((id) => !sides.some(({ accounts }) => accounts.has(id))) ?? '';

/** True if a resource has a policy of its own. */
const isGuarded = (resource: string, { policies }: DecidingSide): boolean =>
  policies.roles.has(resource) || policies.ofResource(resource) !== undefined;

/** Statements of one side that have a say in what a role of an account may do, by its own policies. */
export function limitsOf(arn: string, account: string, { policies, organization }: DecidingSide): readonly Statement[] {
  const role = policies.roles.get(arn);
  return [
    ...(role?.identity ?? []).flatMap((source) => statementsOf(source, 'identity')),
    ...(role?.boundary ? statementsOf(role.boundary, 'boundary') : []),
    ...organization.scps(account).flatMap((source) => statementsOf(source, 'scp')),
  ];
}

/** Statements of one side on a resource, by its policy and those of the organization. */
export function guardsOf(resource: string, side: DecidingSide): readonly Statement[] {
  const { policies, organization } = side;
  const source = policies.roles.get(resource)?.trust ?? policies.ofResource(resource);
  return [
    ...(source ? statementsOf(source, 'resource') : []),
    ...organization.rcps(side.accountOf(resource)).flatMap((each) => statementsOf(each, 'rcp')),
  ];
}

function resourcesFor({ policies, accountOf }: DecidingSide): (account: string) => readonly string[] {
  const own = grouped(policies.made, accountOf);
  const naming = new Map<string, Set<string>>();
  for (const { on, source } of policies.carried) {
    const letIn = [source.document.Statement].flat().filter(({ Effect }) => Effect === 'Allow');
    const text = JSON.stringify(letIn.map(({ Principal, NotPrincipal }) => Principal ?? (NotPrincipal && '*')));
    for (const [name] of text.matchAll(/\d{12}|"\*"/g)) naming.set(name, (naming.get(name) ?? new Set()).add(on));
  }
  return (account) => [
    ...new Set([...(own.get(account) ?? []), ...(naming.get(account) ?? []), ...(naming.get('"*"') ?? [])]),
  ];
}
