import { organizationReadActions } from '../../onboarding/read-organization.ts';
import { openSandbox } from '@crosswind/sandbox/sandbox';

/** An account that a test wants to be in the organization. */
export interface Wanted {
  readonly name: string;
  /** Path below the root. */
  readonly unit: string;
  /** @default - the name at example.com */
  readonly email?: string;
  /** @default false */
  readonly closed?: boolean;
}

/** An organization behind an endpoint, with the ids that its accounts have got. */
export interface OpenOrganization {
  readonly id: string;
  readonly managementAccount: string;
  readonly ids: ReadonlyMap<string, string>;
  /** Environment variables that the SDK and the command line read. */
  readonly environment: Readonly<Record<string, string>>;
  close(): Promise<void>;
}

export type Laboratory = (accounts: readonly Wanted[]) => Promise<OpenOrganization>;

export const emailOf = ({ name, email }: Wanted): string => email ?? `${name}@example.com`;

const management = '999999999999';

/** The sandbox's own AWS Organizations, asked by a role that may do what the check needs. */
export const inSandbox: Laboratory = async (accounts) => {
  const ids = new Map(accounts.map(({ name }, index) => [name, String(index + 1).padStart(12, '0')]));
  const { identities, sessions, endpointUrl, close } = await openSandbox({
    organization: {
      id: 'o-simulated1',
      managementAccount: management,
      accounts: [
        { id: management, name: 'management', email: 'management@example.com', unit: '' },
        ...accounts.map((account) => ({
          id: ids.get(account.name) ?? '',
          name: account.name,
          email: emailOf(account),
          unit: account.unit,
          ...(account.closed && { state: 'CLOSED' as const }),
        })),
      ],
    },
  });
  const arn = `arn:aws:iam::${management}:role/reader`;
  const role = identities.addRole({ arn, name: 'reader', account: management, trust: { Statement: [] } });
  const statement = { Effect: 'Allow', Action: [...organizationReadActions], Resource: '*' } as const;
  role.policies.push({ name: 'read', document: { Version: '2012-10-17', Statement: [statement] } });
  const sessionArn = `arn:aws:sts::${management}:assumed-role/reader/test`;
  const session = sessions.credentials({ kind: 'role', roleArn: arn, sessionArn, account: management });
  return {
    id: 'o-simulated1',
    managementAccount: management,
    ids,
    environment: {
      AWS_ENDPOINT_URL: endpointUrl,
      AWS_ACCESS_KEY_ID: session.accessKeyId,
      AWS_SECRET_ACCESS_KEY: session.secretAccessKey,
      AWS_SESSION_TOKEN: session.sessionToken,
    },
    close,
  };
};
