import { accountOf } from '@crosswind/aws/arn';
import { denialMessage } from '@crosswind/iam/denial-message';
import type { AccessRequest } from '@crosswind/iam/request';
import type { Authorize } from '../iam/authorizer.ts';
import type { RolePrincipal } from '../iam/sessions.ts';
import type { Message, Topics } from './topics.ts';

export interface PublishPorts {
  readonly authorize: Authorize;
  readonly topics: Topics;
}

export type Published =
  | { readonly ok: true }
  | {
      readonly ok: false;
      readonly code: 'AuthorizationError' | 'KMSAccessDenied' | 'NotFound';
      readonly status: 400 | 403 | 404;
      readonly message: string;
    };

/** Actions of SNS on the key of an encrypted topic, in the publisher's name (SNS: "Key management"). */
const keyActions = ['kms:GenerateDataKey', 'kms:Decrypt'];

/** Publishes as a role, if the role, the topic and its key allow it (API_Publish). */
export function publish(
  { authorize, topics }: PublishPorts,
  principal: RolePrincipal,
  topicArn: string,
  message: Message,
): Published {
  const region = topicArn.split(':')[3] ?? '';
  const request = (action: string, resource: string, context: AccessRequest['context'] = {}): AccessRequest => ({
    principal,
    action,
    resource,
    resourceAccount: accountOf(resource),
    context: { 'aws:RequestedRegion': region, ...context },
  });
  const denied = (asked: AccessRequest): string | undefined => {
    const decision = authorize(asked);
    return decision.allowed ? undefined : denialMessage(asked, decision);
  };
  const refusal = denied(request('sns:Publish', topicArn));
  if (refusal !== undefined) return { ok: false, code: 'AuthorizationError', status: 403, message: refusal };
  if (!topics.has(topicArn)) return { ok: false, code: 'NotFound', status: 404, message: 'Topic does not exist' };
  const keyArn = topics.keyOf(topicArn);
  const context = { 'kms:ViaService': `sns.${region}.amazonaws.com`, 'kms:CallerAccount': principal.account };
  for (const action of keyArn === undefined ? [] : keyActions) {
    const why = denied(request(action, keyArn ?? '', context));
    if (why !== undefined) return { ok: false, code: 'KMSAccessDenied', status: 400, message: why };
  }
  topics.publish(topicArn, message);
  return { ok: true };
}
