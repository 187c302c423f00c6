import type { Stack } from '@crosswind/assembly/resolve';
import type { PolicySource, StatementJson } from '@crosswind/iam/policy-document';
import type { AccessRequest } from '@crosswind/iam/request';
import type { Located } from '../rules/rule.ts';
import { nameOf, onesOf } from './atoms.ts';
import { speaking } from './decide-call.ts';
import { bucketArn, type DecidingPolicies } from './deciding-policies.ts';
import { grouped } from './grouped.ts';

/** An action on a resource that a policy allows and no call needs. */
export interface Unneeded {
  /** ARN of the role that has the policy, or of the resource that it is on. */
  readonly holder: string;
  readonly at: Located;
  /** For example `policy X of role Y`. */
  readonly policy: string;
  readonly action: string;
  /** Empty in a trust policy. */
  readonly resource: string;
}

interface Policy {
  readonly holder: string;
  readonly at: Located;
  readonly kind: 'identity' | 'resource';
  readonly source: PolicySource;
}

/**
 * Permissions in the policies of the stacks that no request needs, or that another one gives already.
 * @param requests every request of the platform
 */
export function unneededPermissions(
  stacks: readonly Stack[],
  { roles, carried }: DecidingPolicies,
  requests: readonly AccessRequest[],
): readonly Unneeded[] {
  const own = new Set(stacks);
  const identities = [...roles.values()].map(({ arn, at, identity }) =>
    identity.map((source): Policy => ({ holder: arn, at, kind: 'identity', source })),
  );
  const resources = carried.map(({ on, at, source }): readonly Policy[] => [
    { holder: on, at, kind: 'resource', source },
  ]);
  const byCaller = grouped(requests, ({ principal }) => (principal.kind === 'role' ? principal.roleArn : ''));
  const byResource = grouped(requests, ({ resource }) => bucketArn(resource));
  return [...identities, ...resources].flatMap((policies) => {
    const [first] = policies;
    if (!first || !own.has(first.at.stack)) return [];
    const concerned = (first.kind === 'identity' ? byCaller : byResource).get(first.holder) ?? [];
    return withoutUse(policies, concerned);
  });
}

interface Permission extends Unneeded {
  /** The requests that it speaks of. */
  readonly allows: readonly AccessRequest[];
}

/** Permissions of policies of one holder without which every request would still be allowed. */
function withoutUse(policies: readonly Policy[], requests: readonly AccessRequest[]): readonly Unneeded[] {
  const byAction = grouped(requests, ({ action }) => action.toLowerCase());
  const permissions = policies.flatMap((policy) => permissionsOf(policy, requests, byAction));
  const allowing = new Map<AccessRequest, number>();
  for (const request of permissions.flatMap(({ allows }) => allows)) {
    allowing.set(request, (allowing.get(request) ?? 0) + 1);
  }
  // The last first: what a construct adds comes after what is written by hand.
  const unneeded = permissions.toReversed().filter(({ allows }) => {
    if (allows.some((request) => allowing.get(request) === 1)) return false;
    for (const request of allows) allowing.set(request, (allowing.get(request) ?? 0) - 1);
    return true;
  });
  return unneeded.reverse().map(({ allows: _, ...permission }) => permission);
}

const permissionsOf = (
  { holder, at, kind, source }: Policy,
  requests: readonly AccessRequest[],
  byAction: ReadonlyMap<string, readonly AccessRequest[]>,
): readonly Permission[] =>
  [source.document.Statement]
    .flat()
    .filter(({ Effect }) => Effect === 'Allow')
    .flatMap((statement) =>
      onesOf(statement).map((one) => ({
        ...{ holder, at, policy: source.name },
        ...{ action: nameOf(one.Action, one.NotAction), resource: nameOf(one.Resource, one.NotResource) },
        allows: concerned(one, requests, byAction).filter(speaking(one, kind)),
      })),
    );

/** Requests that the action of a statement may mean. */
function concerned(
  { Action }: StatementJson,
  requests: readonly AccessRequest[],
  byAction: ReadonlyMap<string, readonly AccessRequest[]>,
): readonly AccessRequest[] {
  return typeof Action === 'string' && /^[\w:-]+$/.test(Action) ? (byAction.get(Action.toLowerCase()) ?? []) : requests;
}
