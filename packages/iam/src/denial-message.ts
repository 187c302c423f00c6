import type { Denied } from './decision.ts';
import { callerName } from './principal.ts';
import type { AccessRequest } from './request.ts';
import type { PolicyType } from './statement.ts';

const KIND: Readonly<Record<PolicyType, string>> = {
  identity: 'identity-based policy',
  resource: 'resource-based policy',
  boundary: 'permissions boundary',
  session: 'session policy',
  scp: 'service control policy',
  rcp: 'resource control policy',
};

const INDEFINITE: Readonly<Record<PolicyType, string>> = {
  identity: 'an identity-based policy',
  resource: 'a resource-based policy',
  boundary: 'a permissions boundary',
  session: 'a session policy',
  scp: 'a service control policy',
  rcp: 'a resource control policy',
};

/** The sentence with which AWS refuses a request (AWS: "Troubleshoot access denied error messages"). */
export function denialMessage({ principal, action, resource }: AccessRequest, denied: Denied): string {
  if (principal.kind === 'anonymous') return 'Access Denied';
  return `User: ${callerName(principal)} is not authorized to perform: ${action} on resource: ${named(action, resource)} ${because(action, denied)}`;
}

/** S3 alone puts the resource in quotes. */
const named = (action: string, resource: string): string => (action.startsWith('s3:') ? `"${resource}"` : resource);

function because(action: string, denied: Denied): string {
  switch (denied.kind) {
    case 'explicit deny':
      return `with an explicit deny in ${INDEFINITE[denied.deniedBy.policyType]}`;
    case 'implicit deny':
      return `because no ${KIND[denied.missing[0] ?? 'identity']} allows the ${action} action`;
    // No sentence of AWS's, which always decides.
    case 'undecidable':
      return `because it cannot be decided here: ${denied.unknowns.join('; ')}`;
  }
}
