import { expect, onTestFinished, test } from 'vitest';
import { compareWithOrganization } from '../../onboarding/compare-organization.ts';
import { organizationsClient, readOrganization } from '../../onboarding/read-organization.ts';
import type { Organization } from '../../onboarding/organization.ts';
import { type Entry, platformWith } from './platform-with.ts';
import { type Laboratory, type OpenOrganization, type Wanted, emailOf } from './organization-laboratories.ts';

/** Reads through the real SDK over HTTP. */
async function read({ environment }: OpenOrganization): Promise<Organization> {
  const client = organizationsClient('us-east-1', {
    endpoint: environment['AWS_ENDPOINT_URL'] ?? '',
    credentials: {
      accessKeyId: environment['AWS_ACCESS_KEY_ID'] ?? '',
      secretAccessKey: environment['AWS_SECRET_ACCESS_KEY'] ?? '',
      sessionToken: environment['AWS_SESSION_TOKEN'] ?? '',
    },
  });
  try {
    return await readOrganization(client);
  } finally {
    client.destroy();
  }
}

async function opened(laboratory: Laboratory, accounts: readonly Wanted[]): Promise<OpenOrganization> {
  const organization = await laboratory(accounts);
  onTestFinished(() => organization.close());
  return organization;
}

/** Entries of `platform.yaml` that say exactly what the organization has. */
const entriesOf = (accounts: readonly Wanted[], { ids }: OpenOrganization): readonly Entry[] =>
  accounts.map((account) => ({
    name: account.name,
    id: ids.get(account.name) ?? '',
    email: emailOf(account),
    organizationalUnit: account.unit === '' ? 'Root' : account.unit,
  }));

const team: readonly Wanted[] = [
  { name: 'tooling', unit: 'Infrastructure' },
  { name: 'monitoring', unit: 'Infrastructure' },
  { name: 'at-the-root', unit: '' },
  ...['a', 'b', 'c', 'd', 'e', 'f', 'g'].map((letter) => ({ name: `wind-${letter}`, unit: 'Workloads/Dev' })),
];
const strangers: readonly Wanted[] = [
  { name: 'stranger', unit: 'Sandbox' },
  { name: 'other-stranger', unit: '' },
  { name: 'closed-stranger', unit: 'Sandbox', closed: true },
];

/** Defines the tests of the comparison of `platform.yaml` with an organization, against the organization of a laboratory. */
export function testOrganizationCheck(laboratory: Laboratory, count: number): void {
  test('a file that says what AWS has differs in nothing', async () => {
    const open = await opened(laboratory, team);
    const organization = await read(open);
    expect(organization.accounts).toHaveLength(team.length + 1);
    expect(compareWithOrganization(platformWith(open, entriesOf(team, open)), organization)).toEqual([]);
  });

  test('ten differences are found, and none is invented', async () => {
    const closed = new Set(['wind-a', 'wind-b']);
    const accounts = [...team.map((account) => ({ ...account, closed: closed.has(account.name) })), ...strangers];
    const open = await opened(laboratory, accounts);
    const changes: Readonly<Record<string, Partial<Entry>>> = {
      'wind-c': { organizationalUnit: 'Workloads' },
      'wind-d': { organizationalUnit: 'Workloads/Prod' },
      'wind-e': { email: 'somebody@example.com' },
      'wind-f': { name: 'wind-six' },
    };
    const gone = { email: 'gone@example.com', organizationalUnit: 'Workloads' };
    const entries = [
      ...entriesOf(team, open).map((entry) => ({ ...entry, ...changes[entry.name] })),
      { ...gone, name: 'gone-one', id: '012345678901' },
      { ...gone, name: 'gone-two', id: '012345678902', email: 'gone-two@example.com' },
    ];
    const differences = compareWithOrganization(platformWith(open, entries), await read(open));
    expect(differences.map(({ kind, what }) => `${kind}: ${what}`)).toEqual([
      expect.stringMatching(/^suspended: account "wind-a" is (CLOSED|SUSPENDED) in AWS$/),
      expect.stringMatching(/^suspended: account "wind-b" is (CLOSED|SUSPENDED) in AWS$/),
      'unit: account "wind-c" has another unit in AWS',
      'unit: account "wind-d" has another unit in AWS',
      'email: account "wind-e" has another e-mail in AWS',
      'name: account "wind-six" has another name in AWS',
      'missing: account "gone-one" is missing in AWS',
      'missing: account "gone-two" is missing in AWS',
      'unknown: account "other-stranger" is in AWS and not in the file',
      'unknown: account "stranger" is in AWS and not in the file',
    ]);
  });

  test(`${count} accounts are read page after page`, async () => {
    const many = Array.from({ length: count - 10 }, (_item, index) => ({
      name: `n${index}`,
      unit: index < 50 ? 'Fleet/Part' : '',
    }));
    const accounts = [...team, ...many];
    const open = await opened(laboratory, accounts);
    const organization = await read(open);
    expect(new Set(organization.accounts.map(({ id }) => id)).size).toBe(count + 1);
    expect(compareWithOrganization(platformWith(open, entriesOf(accounts, open)), organization)).toEqual([]);
  }, 120_000);
}
