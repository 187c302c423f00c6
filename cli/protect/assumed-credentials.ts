import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts';
import { partitionOf } from '@crosswind/aws/partition';
import type { AwsAccess } from '../io.ts';

/** Where a role is used, and what the session is called. */
export interface AssumedRole {
  readonly account: string;
  readonly region: string;
  /** One of the roles that every account has for the pipeline. */
  readonly role: string;
  readonly session: string;
}

export const roleArnOf = ({ account, region, role }: Omit<AssumedRole, 'session'>): string =>
  `arn:${partitionOf(region)}:iam::${account}:role/${role}`;

/** A client's configuration for a role that the credentials at hand assume. */
export const assuming = (role: AssumedRole, { endpoint, credentials }: Partial<AwsAccess> = {}) => ({
  region: role.region,
  endpoint,
  credentials: async () => {
    const sts = new STSClient({ region: role.region, endpoint, credentials });
    try {
      const command = new AssumeRoleCommand({ RoleArn: roleArnOf(role), RoleSessionName: role.session });
      const {
        AccessKeyId: accessKeyId,
        SecretAccessKey: secretAccessKey,
        SessionToken: sessionToken,
        Expiration,
      } = (await sts.send(command)).Credentials ?? {};
      if (accessKeyId === undefined || secretAccessKey === undefined)
        throw new Error(`STS gave no credentials of ${roleArnOf(role)}`);
      return { accessKeyId, secretAccessKey, sessionToken, expiration: Expiration };
    } finally {
      sts.destroy();
    }
  },
});
