import { accountArn, describedAccount, describedRoot, unitArn } from './described.ts';
import type { Body, Operation, OrganizationApi } from './operation.ts';
import { OrganizationsError } from './organizations-error.ts';
import { pageOf } from './page.ts';
import { policyOperations } from './policy-operations.ts';
import { type Unit, unitTree, unitWithId } from './simulated-organization.ts';

/** Every operation of Organizations that the sandbox answers; all others are refused by name. */
export const ORGANIZATIONS_OPERATIONS: ReadonlyMap<string, Operation> = new Map<string, Operation>([
  ['DescribeOrganization', describeOrganization],
  ['ListRoots', listRoots],
  ['ListOrganizationalUnitsForParent', listOrganizationalUnitsForParent],
  ['ListAccountsForParent', listAccountsForParent],
  ...policyOperations,
]);

function describeOrganization({ organization }: OrganizationApi): Body {
  const { id, managementAccount, accounts } = organization;
  return {
    Organization: {
      Id: id,
      Arn: `arn:aws:organizations::${managementAccount}:organization/${id}`,
      FeatureSet: 'ALL',
      MasterAccountId: managementAccount,
      MasterAccountArn: accountArn(organization, managementAccount),
      MasterAccountEmail: accounts.find((account) => account.id === managementAccount)?.email,
    },
  };
}

function listRoots(api: OrganizationApi, body: Body): Body {
  const { items, next } = pageOf('ListRoots', [describedRoot(api)], body);
  return { Roots: items, ...next };
}

function listOrganizationalUnitsForParent({ organization }: OrganizationApi, body: Body): Body {
  const { items, next } = pageOf('ListOrganizationalUnitsForParent', parentIn(organization, body).units, body);
  return {
    OrganizationalUnits: items.map(({ id, name }) => ({
      Id: id,
      Arn: unitArn(organization, id),
      Name: name,
    })),
    ...next,
  };
}

function listAccountsForParent({ organization }: OrganizationApi, body: Body): Body {
  const { items, next } = pageOf('ListAccountsForParent', parentIn(organization, body).accounts, body);
  return { Accounts: items.map((account) => describedAccount(organization, account)), ...next };
}

function parentIn(organization: OrganizationApi['organization'], { ParentId }: Body): Unit {
  if (typeof ParentId !== 'string') throw new OrganizationsError('InvalidInputException', 'You provided no ParentId.');
  const unit = unitWithId(unitTree(organization), ParentId);
  if (unit) return unit;
  throw new OrganizationsError('ParentNotFoundException', `You specified a parent that doesn't exist: ${ParentId}`);
}
