import { SFNClient } from '@aws-sdk/client-sfn';
import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts';
import type { AwsAccess } from '../io.ts';
import { type WorkloadAddress, runnerRoleArn } from '../../blocks/workflow/address.ts';

/** Step Functions in the account of each stage, with the credentials of its runner role. */
export interface RunnerClients {
  /** @throws Error for a stage that the workload does not have */
  of(stage: string): SFNClient;
  destroy(): void;
}

/**
 * Clients with the runner roles of a tenant, which the credentials at hand must be allowed to assume. Sessions are renewed
 * when they expire: a role that is assumed by a role lasts an hour, a run may last longer.
 */
export function runnerClients(
  address: WorkloadAddress,
  { endpoint, credentials }: Partial<AwsAccess> = {},
): RunnerClients {
  const { region, accounts } = address;
  const sts = new STSClient({ region, endpoint, credentials });
  const clients = new Map(
    Object.keys(accounts).map((stage) => [
      stage,
      new SFNClient({ region, endpoint, credentials: () => assumed(sts, runnerRoleArn(address, stage)) }),
    ]),
  );
  return {
    of(stage) {
      const client = clients.get(stage);
      if (!client) throw new Error(`the workload has no stage "${stage}"`);
      return client;
    },
    destroy() {
      for (const used of [...clients.values(), sts]) used.destroy();
    },
  };
}

async function assumed(sts: STSClient, roleArn: string) {
  const { Credentials: credentials } = await sts.send(
    new AssumeRoleCommand({ RoleArn: roleArn, RoleSessionName: 'crosswind-run' }),
  );
  const { AccessKeyId: accessKeyId, SecretAccessKey: secretAccessKey, SessionToken: sessionToken } = credentials ?? {};
  if (accessKeyId === undefined || secretAccessKey === undefined)
    throw new Error(`STS gave no credentials of ${roleArn}`);
  return { accessKeyId, secretAccessKey, sessionToken, expiration: credentials?.Expiration };
}
