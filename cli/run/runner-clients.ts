import { SFNClient } from '@aws-sdk/client-sfn';
import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts';
import { partitionOf } from '@crosswind/aws/partition';
import { type WorkflowAddress, runnerRoleName } from '../../services/workflow/address.ts';

/** Step Functions of the two accounts, each with the credentials of its runner role. */
export interface RunnerClients {
  readonly parent: SFNClient;
  readonly child: SFNClient;
  destroy(): void;
}

/**
 * Clients with the runner roles of a tenant, which the credentials at hand must be allowed to assume. Sessions are renewed
 * when they expire: a role that is assumed by a role lasts an hour, a run may last longer.
 */
export function runnerClients(address: WorkflowAddress): RunnerClients {
  const { region } = address;
  const sts = new STSClient({ region });
  const client = (account: string): SFNClient =>
    new SFNClient({ region, credentials: () => assumed(sts, runnerRoleArn(address, account)) });
  const [parent, child] = [client(address.parentAccount), client(address.childAccount)];
  return {
    parent,
    child,
    destroy() {
      for (const used of [parent, child, sts]) used.destroy();
    },
  };
}

export const runnerRoleArn = (address: WorkflowAddress, account: string): string =>
  `arn:${partitionOf(address.region)}:iam::${account}:role/${runnerRoleName(address)}`;

async function assumed(sts: STSClient, roleArn: string) {
  const { Credentials: credentials } = await sts.send(
    new AssumeRoleCommand({ RoleArn: roleArn, RoleSessionName: 'crosswind-run' }),
  );
  const { AccessKeyId: accessKeyId, SecretAccessKey: secretAccessKey, SessionToken: sessionToken } = credentials ?? {};
  if (accessKeyId === undefined || secretAccessKey === undefined)
    throw new Error(`STS gave no credentials of ${roleArn}`);
  return { accessKeyId, secretAccessKey, sessionToken, expiration: credentials?.Expiration };
}
