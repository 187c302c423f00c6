import { AwsJsonError } from '../aws-json/aws-json-error.ts';
import { assumed } from '../iam/assumed.ts';
import type { RolePrincipal, Sessions } from '../iam/sessions.ts';

export interface WantedRole {
  /** Undefined if the caller acts itself. */
  readonly roleArn: string | undefined;
  /** Account that it acts in. */
  readonly account: string;
  readonly sessionName: string;
}

/**
 * The session of a role, or the caller itself where it may not assume the role and is of its account, as the command line
 * of the CDK goes on ("could not be used to assume role, but are for the right account. Proceeding anyway.").
 * @throws AwsJsonError for a role of another account
 */
export function assumedOrSelf(
  sessions: Sessions,
  caller: RolePrincipal,
  { roleArn, account, sessionName }: WantedRole,
): RolePrincipal {
  if (roleArn === undefined) return caller;
  try {
    return assumed(sessions, caller, roleArn, sessionName);
  } catch (error) {
    if (error instanceof AwsJsonError && caller.account === account) return caller;
    throw error;
  }
}
