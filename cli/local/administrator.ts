import { partitionOf } from '@crosswind/aws/partition';
import { addAdminRole, adminRoleName } from '@crosswind/sandbox/iam/operator-role';
import type { Sandbox } from '@crosswind/sandbox/sandbox';

/** A session of a person who may do everything in an account. */
export function administrator({ identities }: Sandbox, account: string, region: string, role: string = adminRoleName) {
  const partition = partitionOf(region);
  const roleArn = `arn:${partition}:iam::${account}:role/${role}`;
  addAdminRole(identities, { account, partition }, role);
  const sessionArn = `arn:${partition}:sts::${account}:assumed-role/${role}/administrator`;
  return { kind: 'role', roleArn, sessionArn, account } as const;
}
