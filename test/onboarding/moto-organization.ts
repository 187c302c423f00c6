import {
  CloseAccountCommand,
  CreateAccountCommand,
  CreateOrganizationCommand,
  CreateOrganizationalUnitCommand,
  ListRootsCommand,
  MoveAccountCommand,
  OrganizationsClient,
} from '@aws-sdk/client-organizations';
import pMap from 'p-map';
import { startMoto } from '../moto-server.ts';
import { type Laboratory, emailOf } from './organization-laboratories.ts';

/** AWS Organizations as moto has it, which somebody else wrote from AWS's documentation. */
export const inMoto: Laboratory = async (accounts) => {
  const { endpoint, close } = await startMoto();
  const client = new OrganizationsClient({
    endpoint,
    region: 'us-east-1',
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
  });
  const { Organization } = await client.send(new CreateOrganizationCommand({}));
  const { Roots: [{ Id: root = '' } = {}] = [] } = await client.send(new ListRootsCommand({}));
  const units = await createUnits(client, root, new Set(accounts.map(({ unit }) => unit)));
  const created = await pMap(
    accounts,
    async (account) => {
      const { CreateAccountStatus: status } = await client.send(
        new CreateAccountCommand({ AccountName: account.name, Email: emailOf(account) }),
      );
      const AccountId = status?.AccountId ?? '';
      const DestinationParentId = units.get(account.unit) ?? '';
      if (account.unit !== '')
        await client.send(new MoveAccountCommand({ AccountId, SourceParentId: root, DestinationParentId }));
      if (account.closed) await client.send(new CloseAccountCommand({ AccountId }));
      return [account.name, AccountId] as const;
    },
    { concurrency: 4 },
  );
  client.destroy();
  return {
    id: Organization?.Id ?? '',
    managementAccount: Organization?.MasterAccountId ?? '',
    ids: new Map(created),
    environment: { AWS_ENDPOINT_URL: endpoint, AWS_ACCESS_KEY_ID: 'test', AWS_SECRET_ACCESS_KEY: 'test' },
    close,
  };
};

async function createUnits(client: OrganizationsClient, root: string, paths: ReadonlySet<string>) {
  const ids = new Map<string, string>([['', root]]);
  const wanted = [...paths].flatMap((path) => path.split('/').map((_, depth, names) => names.slice(0, depth + 1)));
  for (const names of wanted.sort((one, other) => one.length - other.length)) {
    const path = names.join('/');
    if (ids.has(path)) continue;
    const ParentId = ids.get(names.slice(0, -1).join('/')) ?? root;
    const Name = names.at(-1) ?? '';
    const { OrganizationalUnit } = await client.send(new CreateOrganizationalUnitCommand({ ParentId, Name }));
    ids.set(path, OrganizationalUnit?.Id ?? '');
  }
  return ids;
}
