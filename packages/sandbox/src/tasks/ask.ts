import { accountOf } from '@crosswind/aws/arn';
import type { Decision } from '@crosswind/iam/decision';
import { denialMessage } from '@crosswind/iam/denial-message';
import type { AccessRequest, RequestContext } from '@crosswind/iam/request';
import type { Cloud } from '../cloud.ts';
import type { Place } from '../cloudwatch/metric.ts';
import type { TaskCall } from './integration.ts';

/** Whose quota a call takes from: that of the account of its role. */
export const calledIn = ({ principal, region }: TaskCall): Place => ({ account: principal.account, region });

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
