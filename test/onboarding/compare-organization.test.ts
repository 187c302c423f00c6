import { expect, test } from 'vitest';
import { type Difference, compareWithOrganization } from '../../onboarding/compare-organization.ts';
import type { Organization, OrganizationAccount } from '../../onboarding/organization.ts';
import { type Entry, platformWith } from './platform-with.ts';

const organization = { id: 'o-oneorganization', managementAccount: '999999999999' };
const entry = (name: string, digit: string): Entry => ({
  name,
  id: digit.repeat(12),
  email: `${name}@example.com`,
  organizationalUnit: 'Workloads',
});
const entries = ['tooling', 'monitoring', 'word-parent', 'word-child', 'spare'].map((name, index) =>
  entry(name, String(index + 1)),
);
const accounts = entries.map((each): OrganizationAccount => ({ ...each, state: 'ACTIVE' }));

/** Differences from an organization whose last account, which no tenant uses, is `spare`. */
function differences({ aws = {}, file = {}, spare = {} }: Changes): readonly Difference[] {
  const last = accounts.slice(-1).map((account) => ({ ...account, ...spare }));
  const listed = entries.map((each) => (each.name === 'spare' ? { ...each, ...file } : each));
  return compareWithOrganization(platformWith(organization, listed), {
    ...organization,
    accounts: [...accounts.slice(0, -1), ...last],
    ...aws,
  });
}

interface Changes {
  readonly aws?: Partial<Organization>;
  readonly file?: Partial<Entry>;
  readonly spare?: Partial<OrganizationAccount>;
}

const id = '555555555555';

test.each<[what: string, changes: Changes, found: Difference]>([
  [
    'another organization',
    { aws: { id: 'o-another0000' } },
    {
      kind: 'organization',
      account: '999999999999',
      path: ['organization', 'id'],
      what: 'this is another organization',
      expected: 'o-another0000, as in AWS',
      fix: 'correct the file, or use credentials of the organization that it names',
    },
  ],
  [
    'another management account',
    { aws: { managementAccount: '888888888888' } },
    {
      kind: 'management-account',
      account: '888888888888',
      path: ['organization', 'managementAccount'],
      what: 'this is not the management account',
      expected: '888888888888, as in AWS',
      fix: 'correct the file, or use credentials of the organization that it names',
    },
  ],
  [
    'a missing account',
    { aws: { accounts: accounts.slice(0, -1) } },
    {
      kind: 'missing',
      account: id,
      path: ['accounts', 4, 'id'],
      what: 'account "spare" is missing in AWS',
      expected: 'an account of the organization',
      fix: 'correct the id, invite or create the account, or remove it here',
    },
  ],
  [
    'a suspended account',
    { spare: { state: 'SUSPENDED' } },
    {
      kind: 'suspended',
      account: id,
      path: ['accounts', 4, 'id'],
      what: 'account "spare" is SUSPENDED in AWS',
      got: 'SUSPENDED in AWS, active here',
      expected: 'ACTIVE',
      fix: 'reopen it, or write state: detached',
    },
  ],
  [
    'another name',
    { spare: { name: 'reserve' } },
    {
      kind: 'name',
      account: id,
      path: ['accounts', 4, 'name'],
      what: 'account "spare" has another name in AWS',
      expected: 'reserve, as in AWS',
      fix: 'write awsName: "reserve", or rename it in AWS',
    },
  ],
  [
    'another name than awsName',
    { spare: { name: 'Log Archive' }, file: { awsName: 'Audit' } },
    {
      kind: 'name',
      account: id,
      path: ['accounts', 4, 'awsName'],
      what: 'account "spare" has another name in AWS',
      expected: 'Log Archive, as in AWS',
      fix: 'write awsName: "Log Archive", or rename it in AWS',
    },
  ],
  [
    'another e-mail',
    { spare: { email: 'reserve@example.com' } },
    {
      kind: 'email',
      account: id,
      path: ['accounts', 4, 'email'],
      what: 'account "spare" has another e-mail in AWS',
      expected: 'reserve@example.com, as in AWS',
      fix: 'correct the file, or change it in AWS',
    },
  ],
  [
    'another unit',
    { spare: { organizationalUnit: 'Reserve' } },
    {
      kind: 'unit',
      account: id,
      path: ['accounts', 4, 'organizationalUnit'],
      what: 'account "spare" has another unit in AWS',
      expected: 'Reserve, as in AWS',
      fix: 'correct the file, or change it in AWS',
    },
  ],
  [
    'an unknown account',
    { spare: { id: '666666666666' }, file: { state: 'detached' } },
    {
      kind: 'unknown',
      account: '666666666666',
      path: ['accounts'],
      what: 'account "spare" is in AWS and not in the file',
      got: '666666666666 in Workloads',
      expected: 'every account of the organization',
      fix: 'add it, for example with state: pending',
    },
  ],
])('%s is reported with its place and its fix', (_, changes, found) => {
  expect(differences(changes)).toEqual([found]);
});

test.each<[what: string, changes: Changes]>([
  ['the same organization', {}],
  ['the name that awsName says', { spare: { name: 'Log Archive' }, file: { awsName: 'Log Archive' } }],
  ['an e-mail with other capitals', { spare: { email: 'Spare@Example.com' } }],
  ['a detached account that is closed', { spare: { state: 'CLOSED' }, file: { state: 'detached' } }],
  ['a detached account that is gone', { aws: { accounts: accounts.slice(0, -1) }, file: { state: 'detached' } }],
  ['an unknown account that is closed', closedStranger('CLOSED')],
  ['an unknown account that is suspended', closedStranger('SUSPENDED')],
  ['the management account', { aws: { accounts: [...accounts, stranger(organization.managementAccount, 'ACTIVE')] } }],
])('%s is no difference', (_, changes) => {
  expect(differences(changes)).toEqual([]);
});

function stranger(number: string, state: string): OrganizationAccount {
  return { id: number, name: 'stranger', email: 'stranger@example.com', state, organizationalUnit: 'Workloads' };
}

function closedStranger(state: string): Changes {
  return { aws: { accounts: [...accounts, stranger('777777777777', state)] } };
}
