import type { ApplicablePolicies } from './applicable-policies.ts';
import { resourceOf } from './arn-pattern.ts';
import { serviceOf, type AccessRequest } from './request.ts';

/** Names of resource policies, by service prefix of the action. */
const NAMES: ReadonlyMap<string, string> = new Map([
  ['sts', 'trust policy'],
  ['kms', 'key policy'],
  ['s3', 'bucket policy'],
  ['lambda', 'function policy'],
  ['sns', 'topic policy'],
  ['sqs', 'queue policy'],
  ['events', 'event bus policy'],
  ['oam', 'sink policy'],
]);

/** The name of the policy on the resource of a request, or undefined where the service has none (as Step Functions). */
export const resourcePolicyName = (request: AccessRequest): string | undefined => NAMES.get(serviceOf(request));

/**
 * True if the policy on the resource must allow even a caller of the same account: trust policies and key policies
 * (AWS: "Policy evaluation for requests within a single account", "Key policies in AWS KMS"). STS and KMS requests
 * without a role or key, such as `kms:ListKeys`, have no such policy.
 */
export function isGatekept(request: AccessRequest, { resource: policy }: ApplicablePolicies): boolean {
  const service = serviceOf(request);
  if (service === 'sts') return policy !== undefined || resourceOf(request.resource).startsWith('role/');
  return service === 'kms' && (policy !== undefined || resourceOf(request.resource).startsWith('key/'));
}

const OF_BUCKET_POLICIES = new Set(['s3:getbucketpolicy', 's3:putbucketpolicy', 's3:deletebucketpolicy']);

/** True if no bucket policy can deny this. The owner's root user can always fix the policy (AWS: "PutBucketPolicy"). */
export const isLockedOutProof = ({ principal, action, resourceAccount }: AccessRequest): boolean =>
  principal.kind === 'root' && principal.account === resourceAccount && OF_BUCKET_POLICIES.has(action.toLowerCase());
