import { createServer } from 'node:net';
import { partitionOf } from '@crosswind/aws/partition';
import { addOperatorRole } from '@crosswind/sandbox/iam/operator-role';
import type { Platform } from '../../config/schema.ts';
import { WrongInput } from '../failure.ts';
import { type DeployPlatformProps, deployPlatform } from './deploy-platform.ts';
import { serve, type ServeProps } from './serve.ts';

export interface ServePlatformProps extends DeployPlatformProps, Omit<ServeProps, 'example' | 'accounts'> {
  readonly platform: Platform;
}

/** Deploys the platform, fills in what the chosen tenant reads, adds the operator's role to each account, that of the management too, and serves clients. */
export async function servePlatform(props: ServePlatformProps): Promise<void> {
  const { sandbox, platform } = props;
  await deployPlatform(props);
  for (const { id, name, region } of platform.accounts) {
    const runsTenants = name === platform.pipeline.account;
    addOperatorRole(sandbox.identities, { account: id, partition: partitionOf(region), runsTenants });
  }
  const { managementAccount } = platform.organization;
  if (!platform.accounts.some(({ id }) => id === managementAccount)) {
    addOperatorRole(sandbox.identities, { account: managementAccount, partition: partitionOf(platform.region) });
  }
  await serve({ ...props, accounts: [], example: props.chosen.deployment.entry.account.name });
}

/** Finds out before the work begins whether the port is free; 0 always is. */
export async function checkPort(port: number): Promise<void> {
  const probe = createServer();
  try {
    await new Promise<void>((resolve, reject) => {
      probe.once('error', reject).listen(port, '127.0.0.1', resolve);
    });
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    const why = code === 'EADDRINUSE' ? 'is taken' : `cannot be used (${String(error)})`;
    throw new WrongInput(`port ${port} of 127.0.0.1 ${why}: give another one, or --port 0 for any that is free`);
  }
  await new Promise((resolve) => probe.close(resolve));
}
