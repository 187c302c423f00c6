import type { Sandbox } from '@crosswind/sandbox/sandbox';
import { adminRoleName } from '@crosswind/sandbox/iam/operator-role';

/** Credentials of an administrator of the account. */
export function adminCredentials({ sessions }: Sandbox, account: string) {
  const sessionArn = `arn:aws:sts::${account}:assumed-role/${adminRoleName}/person`;
  const roleArn = `arn:aws:iam::${account}:role/${adminRoleName}`;
  return sessions.credentials({ kind: 'role', roleArn, sessionArn, account });
}
