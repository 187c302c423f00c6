import { OrganizationsError } from './organizations-error.ts';
import { pageOf } from './page.ts';
import {
  type SimulatedAccount,
  type SimulatedOrganization,
  type Unit,
  unitTree,
  unitWithId,
} from './simulated-organization.ts';

/** The body of a request, and of an answer. */
export type Body = Readonly<Record<string, unknown>>;
export type Operation = (organization: SimulatedOrganization, body: Body) => Body;

/** Every operation of Organizations that the sandbox answers; all others are refused by name. */
export const ORGANIZATIONS_OPERATIONS: ReadonlyMap<string, Operation> = new Map<string, Operation>([
  ['DescribeOrganization', describeOrganization],
  ['ListRoots', listRoots],
  ['ListOrganizationalUnitsForParent', listOrganizationalUnitsForParent],
  ['ListAccountsForParent', listAccountsForParent],
]);

function describeOrganization(organization: SimulatedOrganization): Body {
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

/** Policy types of the root: those that the sandbox decides with. */
const enabledPolicyTypes = ['SERVICE_CONTROL_POLICY', 'RESOURCE_CONTROL_POLICY'].map((Type) => ({
  Type,
  Status: 'ENABLED',
}));

function listRoots(organization: SimulatedOrganization, body: Body): Body {
  const { id, name } = unitTree(organization);
  const arn = `arn:aws:organizations::${organization.managementAccount}:root/${organization.id}/${id}`;
  const { items, next } = pageOf(
    'ListRoots',
    [{ Id: id, Arn: arn, Name: name, PolicyTypes: enabledPolicyTypes }],
    body,
  );
  return { Roots: items, ...next };
}

function listOrganizationalUnitsForParent(organization: SimulatedOrganization, body: Body): Body {
  const { items, next } = pageOf('ListOrganizationalUnitsForParent', parentIn(organization, body).units, body);
  return {
    OrganizationalUnits: items.map(({ id, name }) => ({
      Id: id,
      Arn: `arn:aws:organizations::${organization.managementAccount}:ou/${organization.id}/${id}`,
      Name: name,
    })),
    ...next,
  };
}

function listAccountsForParent(organization: SimulatedOrganization, body: Body): Body {
  const { items, next } = pageOf('ListAccountsForParent', parentIn(organization, body).accounts, body);
  return { Accounts: items.map((account) => described(organization, account)), ...next };
}

function parentIn(organization: SimulatedOrganization, { ParentId }: Body): Unit {
  if (typeof ParentId !== 'string') throw new OrganizationsError('InvalidInputException', 'You provided no ParentId.');
  const unit = unitWithId(unitTree(organization), ParentId);
  if (unit) return unit;
  throw new OrganizationsError('ParentNotFoundException', `You specified a parent that doesn't exist: ${ParentId}`);
}

/** `Status` has fewer values than `State`, which replaces it. */
const described = (
  organization: SimulatedOrganization,
  { id, name, email, state = 'ACTIVE' }: SimulatedAccount,
): Body => ({
  Id: id,
  Arn: accountArn(organization, id),
  Name: name,
  Email: email,
  State: state,
  Status: state === 'ACTIVE' || state === 'PENDING_CLOSURE' ? state : 'SUSPENDED',
  JoinedMethod: 'CREATED',
});

const accountArn = ({ id, managementAccount }: SimulatedOrganization, account: string): string =>
  `arn:aws:organizations::${managementAccount}:account/${id}/${account}`;
