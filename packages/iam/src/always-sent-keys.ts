import type { Given } from './implied-keys.ts';
import { hasAccount } from './principal.ts';
import { serviceOf, type AccessRequest } from './request.ts';

/** Keys of every request over public or VPC endpoints. A request without one of them is incomplete. */
const ALWAYS = new Set([
  'aws:currenttime',
  'aws:epochtime',
  'aws:securetransport',
  'aws:requestedregion',
  'aws:resourceaccount',
  'aws:useragent',
]);

const TEMPORARY = new Set(['role', 'federated user']);
const OF_VPC_ENDPOINTS = ['aws:sourcevpc', 'aws:sourcevpce', 'aws:vpcsourceip'];

/** True if AWS sends the key with every request of this kind (AWS: "Availability" of each global key). */
export function isAlwaysSent(key: string, request: AccessRequest, given: Given): boolean {
  const { principal } = request;
  if (ALWAYS.has(key)) return true;
  switch (key) {
    case 'aws:userid':
      return hasAccount(principal);
    case 'aws:tokenissuetime':
      return TEMPORARY.has(principal.kind);
    case 'aws:sourceip':
      return principal.kind !== 'service' && !OF_VPC_ENDPOINTS.some((of) => given.has(of));
    case 's3:tlsversion':
    case 's3:authtype':
    case 's3:signatureversion':
      return serviceOf(request) === 's3' && hasAccount(principal);
    case 'sts:rolesessionname':
      return request.action.toLowerCase() === 'sts:assumerole';
    default:
      return false;
  }
}
