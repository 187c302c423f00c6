import { accountOf } from '@crosswind/aws/arn';
import { denialMessage } from '@crosswind/iam/denial-message';
import type { AccessRequest } from '@crosswind/iam/request';
import type { Authorize } from '../iam/authorizer.ts';
import { AwsJsonError } from './aws-json-error.ts';
import type { Caller } from './aws-json-service.ts';

/**
 * Refuses a call that the deployed policies do not allow; `*` is a resource of the caller's own account.
 * @param keys condition keys of the action, besides those of every request
 * @param resourceAccount the owner of the resource, where its ARN does not name it
 */
export function permit(
  authorize: Authorize,
  { principal, region }: Caller,
  action: string,
  resource: string,
  keys: AccessRequest['context'] = {},
  resourceAccount = resource === '*' ? principal.account : accountOf(resource),
): void {
  const context = { 'aws:RequestedRegion': region, ...keys };
  const wanted: AccessRequest = { principal, action, resource, resourceAccount, context };
  const decision = authorize(wanted);
  if (!decision.allowed)
    throw new AwsJsonError('AccessDeniedException', denialMessage(wanted, decision), 400, decision);
}
