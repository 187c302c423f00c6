import type { Body, OrganizationApi } from './operation.ts';
import { policyTypes, type PolicyTarget, type StoredPolicy } from './policy-store.ts';
import { type SimulatedAccount, type SimulatedOrganization, unitTree } from './simulated-organization.ts';

const arn = ({ managementAccount }: SimulatedOrganization, rest: string): string =>
  `arn:aws:organizations::${managementAccount}:${rest}`;

export const accountArn = (organization: SimulatedOrganization, account: string): string =>
  arn(organization, `account/${organization.id}/${account}`);

export const unitArn = (organization: SimulatedOrganization, id: string): string =>
  arn(organization, `ou/${organization.id}/${id}`);

export const rootArn = (organization: SimulatedOrganization): string =>
  arn(organization, `root/${organization.id}/${unitTree(organization).id}`);

export function targetArn(
  organization: SimulatedOrganization,
  { id, type }: Pick<PolicyTarget, 'id' | 'type'>,
): string {
  if (type === 'ROOT') return rootArn(organization);
  return type === 'ACCOUNT' ? accountArn(organization, id) : unitArn(organization, id);
}

/** Policies of AWS belong to the account `aws`. */
export const policyArn = (organization: SimulatedOrganization, policy: Omit<StoredPolicy, 'content'>): string => {
  const path = policy.type.toLowerCase();
  return policy.awsManaged
    ? `arn:aws:organizations::aws:policy/${path}/${policy.id}`
    : arn(organization, `policy/${organization.id}/${path}/${policy.id}`);
};

/** The root, with the types of policies that are enabled. */
export function describedRoot({ organization, policies }: OrganizationApi): Body {
  const { id, name } = unitTree(organization);
  const enabled = policyTypes.filter((type) => policies.isEnabled(type));
  return {
    Id: id,
    Arn: rootArn(organization),
    Name: name,
    PolicyTypes: enabled.map((Type) => ({ Type, Status: 'ENABLED' })),
  };
}

/** `Status` has fewer values than `State`, which replaces it. */
export const describedAccount = (
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

export const describedPolicy = (organization: SimulatedOrganization, policy: StoredPolicy): Body => ({
  Id: policy.id,
  Arn: policyArn(organization, policy),
  Name: policy.name,
  Description: policy.description,
  Type: policy.type,
  AwsManaged: policy.awsManaged,
});
