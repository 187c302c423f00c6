import { stringify } from 'yaml';
import type { Platform } from '../../config/schema.ts';
import { platformOf } from '../synthesized.ts';

/** An account as `platform.yaml` writes it. */
export interface Entry {
  readonly name: string;
  readonly awsName?: string;
  readonly id: string;
  readonly email: string;
  readonly organizationalUnit: string;
  readonly state?: string;
}

export interface OrganizationIds {
  readonly id: string;
  readonly managementAccount: string;
}

/** `platform.yaml` of an organization with these accounts; the first two are the pipeline's and monitoring's. */
export const platformTextWith = ({ id, managementAccount }: OrganizationIds, accounts: readonly Entry[]): string =>
  stringify(
    {
      organization: { id, managementAccount },
      region: 'us-east-1',
      pipeline: {
        account: accounts[0]?.name,
        repository: 'example-org/platform',
        connection: 'arn:aws:codeconnections:us-east-1:111111111111:connection/1',
      },
      monitoring: { account: accounts[1]?.name, page: ['on-call@example.com'] },
      waves: [{ name: 'dev' }],
      accounts,
      tenants: [
        {
          name: 'wind',
          workload: 'word-count',
          owner: 'letters-team',
          waves: { dev: { parent: accounts[2]?.name, child: accounts[3]?.name } },
        },
      ],
    },
    { defaultStringType: 'QUOTE_SINGLE', defaultKeyType: 'PLAIN' },
  );

export const platformWith = (organization: OrganizationIds, accounts: readonly Entry[]): Platform =>
  platformOf(platformTextWith(organization, accounts));
