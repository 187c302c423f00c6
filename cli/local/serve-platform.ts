import { createServer } from 'node:net';
import { partitionOf } from '@crosswind/aws/partition';
import type { Sandbox } from '@crosswind/sandbox/sandbox';
import { addAccessRole, addAdminRole, addOperatorRole } from '@crosswind/sandbox/iam/operator-role';
import type { Platform } from '../../config/schema.ts';
import type { ServedRun } from '../console/results/served-tenants.ts';
import { WrongInput } from '../failure.ts';
import { type DeployPlatformProps, deployPlatform } from './deploy-platform.ts';
import { countOf } from '../count.ts';
import { serve, type ServeProps } from './serve.ts';

export interface ServePlatformProps extends DeployPlatformProps, Omit<ServeProps, 'example' | 'accounts'> {
  readonly chosen: DeployPlatformProps['chosen'] & ServedRun;
  readonly platform: Platform;
}

/** Deploys the platform, fills in what the chosen tenant reads, adds the operator's role to each account, that of the management too, and serves clients. */
export async function servePlatform(props: ServePlatformProps): Promise<void> {
  const { sandbox, platform, chosen } = props;
  const tenant = await deployPlatform(props);
  addPeople(sandbox, platform);
  const { accounts } = platform;
  const link = await props.page?.open({ sandbox, platform, accounts, stacks: tenant.stacks }, chosen);
  await serve({ ...props, link, accounts: [], example: chosen.deployment.entry.account.name });
}

export interface ServeEmptyProps extends Omit<ServeProps, 'example' | 'accounts'> {
  readonly platform: Platform;
}

/** Serves the accounts of a platform with nothing in them but the roles of people. */
export async function serveEmpty(props: ServeEmptyProps): Promise<void> {
  const { sandbox, platform, terminal } = props;
  const { accounts } = platform;
  addPeople(sandbox, platform);
  const [example] = accounts;
  terminal.note(`${countOf(accounts.length, 'simulated account')}, nothing in them`);
  const link = await props.page?.open({ sandbox, platform, accounts, stacks: [] });
  await serve({
    ...props,
    link,
    accounts: [],
    example: `${example?.name ?? platform.organization.managementAccount} admin`,
  });
}

/** The roles of people in each account, that of the management too. */
function addPeople({ identities }: Sandbox, platform: Platform): void {
  const { managementAccount } = platform.organization;
  const isListed = platform.accounts.some(({ id }) => id === managementAccount);
  const management = { id: managementAccount, name: '', region: platform.region };
  for (const { id, name, region } of isListed ? platform.accounts : [...platform.accounts, management]) {
    const place = { account: id, partition: partitionOf(region) };
    addOperatorRole(identities, { ...place, runsTenants: name === platform.pipeline.account });
    addAdminRole(identities, place);
    if (id !== managementAccount) addAccessRole(identities, { ...place, managementAccount });
  }
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
