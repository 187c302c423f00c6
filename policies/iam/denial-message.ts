import type { Denied } from './decision.ts';
import type { AccessRequest } from './request.ts';
import type { PolicyType } from './statement.ts';

const KIND: Readonly<Record<PolicyType, string>> = {
  identity: 'identity-based policy',
  resource: 'resource-based policy',
  boundary: 'permissions boundary',
};

const INDEFINITE: Readonly<Record<PolicyType, string>> = {
  identity: 'an identity-based policy',
  resource: 'a resource-based policy',
  boundary: 'a permissions boundary',
};

/** The sentence with which AWS refuses a request (AWS: "Troubleshoot access denied error messages"). */
export function denialMessage({ principal, action, resource }: AccessRequest, denied: Denied): string {
  if (principal.kind === 'anonymous') return 'Access Denied';
  const user = principal.kind === 'role' ? principal.sessionArn : principal.service;
  const because =
    denied.kind === 'explicit deny'
      ? `with an explicit deny in ${INDEFINITE[denied.deniedBy.policyType]}`
      : `because no ${KIND[denied.missing[0] ?? 'identity']} allows the ${action} action`;
  return `User: ${user} is not authorized to perform: ${action} on resource: ${JSON.stringify(resource)} ${because}`;
}
