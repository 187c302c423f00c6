import { accountOf } from '../../aws/arn.ts';
import type { Decision } from '../../policies/iam/decision.ts';
import { denialMessage } from '../../policies/iam/denial-message.ts';
import type { AccessRequest, RequestContext } from '../../policies/iam/request.ts';
import type { Cloud } from '../cloud.ts';
import type { TaskCall } from './integration.ts';

/** Whether whoever makes the call may take an action, and the sentence with which AWS refuses it. */
export function ask(
  { authorize }: Cloud,
  { principal, region }: TaskCall,
  action: string,
  resource: string,
  context: RequestContext = {},
): { readonly decision: Decision; readonly refusal: string | undefined } {
  const request: AccessRequest = {
    principal,
    action,
    resource,
    resourceAccount: accountOf(resource),
    context: { 'aws:RequestedRegion': region, ...context },
  };
  const decision = authorize(request);
  return { decision, refusal: decision.allowed ? undefined : denialMessage(request, decision) };
}
