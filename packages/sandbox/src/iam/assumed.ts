import { accountOf } from '@crosswind/aws/arn';
import { denialMessage } from '@crosswind/iam/denial-message';
import type { Principal } from '@crosswind/iam/principal';
import { AwsJsonError } from '../aws-json/aws-json-error.ts';
import type { RolePrincipal, Sessions } from './sessions.ts';

/**
 * A session of a role.
 * @throws AwsJsonError as STS refuses it
 */
export function assumed(sessions: Sessions, principal: Principal, roleArn: string, sessionName: string): RolePrincipal {
  const result = sessions.assumeRole(principal, roleArn, sessionName);
  if (result.ok) return result.session;
  const resourceAccount = accountOf(roleArn);
  const request = { principal, action: 'sts:AssumeRole', resource: roleArn, resourceAccount, context: {} };
  throw new AwsJsonError('AccessDenied', denialMessage(request, result.denied), 403);
}
