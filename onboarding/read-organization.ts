import {
  type Account,
  DescribeOrganizationCommand,
  OrganizationsClient,
  type OrganizationsClientConfig,
  paginateListAccountsForParent,
  paginateListOrganizationalUnitsForParent,
  paginateListRoots,
} from '@aws-sdk/client-organizations';
import { type Partition, type Region, partitionOf } from '@crosswind/aws/partition';
import { type Organization, type OrganizationAccount, rootUnit } from './organization.ts';

/** Actions that reading an organization needs. None of them changes anything. */
export const organizationReadActions = [
  'organizations:DescribeOrganization',
  'organizations:ListRoots',
  'organizations:ListOrganizationalUnitsForParent',
  'organizations:ListAccountsForParent',
] as const;

/** Region of each partition where Organizations answers (`implicitGlobalRegion` in the partitions of the AWS SDK). */
const homeRegions: Readonly<Record<Partition, Region>> = {
  aws: 'us-east-1',
  'aws-cn': 'cn-northwest-1',
  'aws-eusc': 'eusc-de-east-1',
  'aws-iso': 'us-iso-east-1',
  'aws-iso-b': 'us-isob-east-1',
  'aws-iso-e': 'eu-isoe-west-1',
  'aws-iso-f': 'us-isof-south-1',
  'aws-us-gov': 'us-gov-west-1',
};

/**
 * A client that slows down when AWS says that it is asked too often.
 * @param region region of the platform, for its partition
 * @param config endpoint and credentials, where they do not come from the environment
 */
export const organizationsClient = (region: string, config: OrganizationsClientConfig = {}): OrganizationsClient =>
  new OrganizationsClient({
    region: homeRegions[partitionOf(region)],
    retryMode: 'adaptive',
    maxAttempts: 10,
    ...config,
  });

/** The whole organization: unit after unit from the root downwards, page after page. */
export async function readOrganization(client: OrganizationsClient): Promise<Organization> {
  const { Organization: described } = await client.send(new DescribeOrganizationCommand({}));
  const accounts: OrganizationAccount[] = [];
  for await (const { Roots = [] } of paginateListRoots({ client }, {})) {
    for (const { Id = '' } of Roots) accounts.push(...(await accountsBelow(client, Id, '')));
  }
  return { id: described?.Id ?? '', managementAccount: described?.MasterAccountId ?? '', accounts };
}

async function accountsBelow(
  client: OrganizationsClient,
  ParentId: string,
  path: string,
): Promise<readonly OrganizationAccount[]> {
  const accounts: OrganizationAccount[] = [];
  for await (const { Accounts = [] } of paginateListAccountsForParent({ client }, { ParentId })) {
    accounts.push(...Accounts.map((account) => accountIn(account, path)));
  }
  for await (const page of paginateListOrganizationalUnitsForParent({ client }, { ParentId })) {
    for (const { Id = '', Name = '' } of page.OrganizationalUnits ?? []) {
      accounts.push(...(await accountsBelow(client, Id, path === '' ? Name : `${path}/${Name}`)));
    }
  }
  return accounts;
}

/** Reads an account as AWS returns it. AWS replaces `Status` with `State`; older endpoints return only `Status`. */
const accountIn = ({ Id = '', Name = '', Email = '', State, Status }: Account, path: string): OrganizationAccount => ({
  id: Id,
  name: Name,
  email: Email,
  state: State ?? Status ?? 'ACTIVE',
  organizationalUnit: path === '' ? rootUnit : path,
});
