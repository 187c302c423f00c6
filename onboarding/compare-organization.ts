import type { PathProblem } from '../config/problem.ts';
import type { Account, Platform } from '../config/schema.ts';
import type { Organization, OrganizationAccount } from './organization.ts';

export type DifferenceKind =
  'organization' | 'management-account' | 'missing' | 'unknown' | 'suspended' | 'unit' | 'email' | 'name';

/** Something that `platform.yaml` and AWS Organizations say differently, at its place in the file. */
export interface Difference extends PathProblem {
  readonly kind: DifferenceKind;
  /** Id of the account that it is about. */
  readonly account: string;
}

/** Everything in which the file and AWS Organizations differ, in the order of the file; unknown accounts come last. */
export function compareWithOrganization(platform: Platform, organization: Organization): readonly Difference[] {
  const found = new Map(organization.accounts.map((account) => [account.id, account]));
  const listed = new Set<string>([...platform.accounts.map(({ id }) => id), organization.managementAccount]);
  return [
    ...organizationItself(platform, organization),
    ...platform.accounts.flatMap((account, index) => accountDifferences(account, index, found.get(account.id))),
    ...organization.accounts.filter((account) => !listed.has(account.id) && !isClosed(account)).map(unknown),
  ];
}

function organizationItself({ organization: file }: Platform, aws: Organization): readonly Difference[] {
  const differs = (
    kind: DifferenceKind,
    key: 'id' | 'managementAccount',
    what: string,
    expected: string,
  ): Difference => ({
    kind,
    account: aws.managementAccount,
    path: ['organization', key],
    what,
    expected: `${expected}, as in AWS`,
    fix: 'correct the file, or use credentials of the organization that it names',
  });
  return [
    ...(file.id === aws.id ? [] : [differs('organization', 'id', 'this is another organization', aws.id)]),
    ...(file.managementAccount === aws.managementAccount
      ? []
      : [
          differs(
            'management-account',
            'managementAccount',
            'this is not the management account',
            aws.managementAccount,
          ),
        ]),
  ];
}

/** A detached account may be closed or gone: nothing of the platform is in it any more. */
function accountDifferences(file: Account, index: number, aws: OrganizationAccount | undefined): readonly Difference[] {
  const { id: account } = file;
  const path = ['accounts', index];
  if (aws === undefined) {
    if (file.state === 'detached') return [];
    const fix = 'correct the id, invite or create the account, or remove it here';
    const what = `account "${file.name}" is missing in AWS`;
    return [{ kind: 'missing', account, path: [...path, 'id'], what, expected: 'an account of the organization', fix }];
  }
  const differs = (kind: DifferenceKind, key: string, subject: string, expected: string): Difference => ({
    kind,
    account,
    path: [...path, key],
    what: `account "${file.name}" has another ${subject} in AWS`,
    expected: `${expected}, as in AWS`,
    fix: 'correct the file, or change it in AWS',
  });
  return [
    ...(aws.state === 'ACTIVE' || file.state === 'detached' ? [] : [suspended(file, path, aws)]),
    ...((file.awsName ?? file.name) === aws.name ? [] : [otherName(file, path, aws.name)]),
    ...(file.email.toLowerCase() === aws.email.toLowerCase() ? [] : [differs('email', 'email', 'e-mail', aws.email)]),
    ...(file.organizationalUnit === aws.organizationalUnit
      ? []
      : [differs('unit', 'organizationalUnit', 'unit', aws.organizationalUnit)]),
  ];
}

const otherName = (file: Account, path: PathProblem['path'], name: string): Difference => ({
  kind: 'name',
  account: file.id,
  path: [...path, file.awsName === undefined ? 'name' : 'awsName'],
  what: `account "${file.name}" has another name in AWS`,
  expected: `${name}, as in AWS`,
  fix: `write awsName: ${JSON.stringify(name)}, or rename it in AWS`,
});

const suspended = (file: Account, path: PathProblem['path'], { state }: OrganizationAccount): Difference => ({
  kind: 'suspended',
  account: file.id,
  path: [...path, 'id'],
  what: `account "${file.name}" is ${state} in AWS`,
  got: `${state} in AWS, ${file.state} here`,
  expected: 'ACTIVE',
  fix: 'reopen it, or write state: detached',
});

const unknown = ({ id, name, organizationalUnit }: OrganizationAccount): Difference => ({
  kind: 'unknown',
  account: id,
  path: ['accounts'],
  what: `account "${name}" is in AWS and not in the file`,
  got: `${id} in ${organizationalUnit}`,
  expected: 'every account of the organization',
  fix: 'add it, for example with state: pending',
});

/** AWS lists an account for 90 days after it was closed. */
const isClosed = ({ state }: OrganizationAccount): boolean => state === 'SUSPENDED' || state === 'CLOSED';
