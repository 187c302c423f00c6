import { accountOf } from '@crosswind/aws/arn';
import type { Decision } from '@crosswind/iam/decision';
import { denialMessage } from '@crosswind/iam/denial-message';
import type { AccessRequest } from '@crosswind/iam/request';
import type { Authorize } from '../iam/authorizer.ts';
import type { Environment } from '@crosswind/assembly/read-assembly';
import type { TaskCall } from './integration.ts';

/** Account and region whose quotas a call takes from: those of its role. */
export const calledIn = ({ principal, region }: TaskCall): Environment => ({ account: principal.account, region });

/**
 * Decides an action of the task's role; a refusal is the sentence of AWS.
 * @param isResourceAssumed true if AWS may decide on another ARN
 */
export function ask(
  authorize: Authorize,
  { principal, region }: TaskCall,
  action: string,
  resource: string,
  isResourceAssumed = false,
): { readonly decision: Decision; readonly refusal: string | undefined } {
  const request: AccessRequest = {
    principal,
    action,
    resource,
    resourceAccount: accountOf(resource) || principal.account,
    context: { 'aws:RequestedRegion': region },
    isResourceAssumed,
  };
  const decision = authorize(request);
  return { decision, refusal: decision.allowed ? undefined : denialMessage(request, decision) };
}
