import { partitionOf } from '@crosswind/aws/partition';
import { addAdminRole, adminRoleName } from '@crosswind/sandbox/iam/operator-role';
import type { Sandbox } from '@crosswind/sandbox/sandbox';

/** A session of the administrator of an account. */
export function administrator({ identities }: Sandbox, account: string, region: string) {
  const partition = partitionOf(region);
  const roleArn = `arn:${partition}:iam::${account}:role/${adminRoleName}`;
  addAdminRole(identities, { account, partition });
  const sessionArn = `arn:${partition}:sts::${account}:assumed-role/${adminRoleName}/administrator`;
  return { kind: 'role', roleArn, sessionArn, account } as const;
}
