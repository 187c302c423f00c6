import { describedPolicy, describedRoot, targetArn } from './described.ts';
import type { Body, Operation, OrganizationApi } from './operation.ts';
import { OrganizationsError } from './organizations-error.ts';
import { pageOf } from './page.ts';
import { type OrganizationPolicyType, policyTypes, type StoredPolicy } from './policy-store.ts';
import { targetNamed, targetsOf } from './policy-targets.ts';
import { unitTree } from './simulated-organization.ts';

/** https://docs.aws.amazon.com/organizations/latest/APIReference/API_EnablePolicyType.html, done at once. */
const enablePolicyType: Operation = (api, body) => {
  const type = typeIn(body, 'PolicyType');
  const RootId = textIn(body, 'RootId');
  if (RootId !== unitTree(api.organization).id) {
    throw new OrganizationsError('RootNotFoundException', `We can't find a root with the RootId ${RootId}.`);
  }
  api.policies.enable(type);
  return { Root: describedRoot(api) };
};

/** https://docs.aws.amazon.com/organizations/latest/APIReference/API_CreatePolicy.html */
const createPolicy: Operation = (api, body) =>
  whole(
    api,
    api.policies.create({
      type: typeIn(body, 'Type'),
      name: textIn(body, 'Name'),
      description: typeof body['Description'] === 'string' ? body['Description'] : '',
      content: textIn(body, 'Content'),
    }),
  );

/** https://docs.aws.amazon.com/organizations/latest/APIReference/API_UpdatePolicy.html */
const updatePolicy: Operation = (api, body) => {
  const given = (['Name', 'Description', 'Content'] as const).filter((key) => body[key] !== undefined);
  const change = Object.fromEntries(given.map((key) => [key.toLowerCase(), textIn(body, key)]));
  return whole(api, api.policies.update(textIn(body, 'PolicyId'), change));
};

/** https://docs.aws.amazon.com/organizations/latest/APIReference/API_DescribePolicy.html */
const describePolicy: Operation = (api, body) => whole(api, api.policies.policy(textIn(body, 'PolicyId')));

/** https://docs.aws.amazon.com/organizations/latest/APIReference/API_ListPolicies.html */
const listPolicies: Operation = (api, body) => {
  const { items, next } = pageOf('ListPolicies', api.policies.ofType(typeIn(body, 'Filter')), body);
  return { Policies: items.map((policy) => describedPolicy(api.organization, policy)), ...next };
};

/** https://docs.aws.amazon.com/organizations/latest/APIReference/API_ListPoliciesForTarget.html */
const listPoliciesForTarget: Operation = (api, body) => {
  const attached = api.policies.attachedTo(
    targetNamed(api.organization, textIn(body, 'TargetId')).id,
    typeIn(body, 'Filter'),
  );
  const { items, next } = pageOf('ListPoliciesForTarget', attached, body);
  return { Policies: items.map((policy) => describedPolicy(api.organization, policy)), ...next };
};

/** https://docs.aws.amazon.com/organizations/latest/APIReference/API_ListTargetsForPolicy.html */
const listTargetsForPolicy: Operation = (api, body) => {
  const { id, type } = api.policies.policy(textIn(body, 'PolicyId'));
  const attached = targetsOf(api.organization).filter((target) =>
    api.policies.attachedTo(target.id, type).some((policy) => policy.id === id),
  );
  const { items, next } = pageOf('ListTargetsForPolicy', attached, body);
  return {
    Targets: items.map((target) => ({
      TargetId: target.id,
      Arn: targetArn(api.organization, target),
      Name: target.name,
      Type: target.type,
    })),
    ...next,
  };
};

/** https://docs.aws.amazon.com/organizations/latest/APIReference/API_AttachPolicy.html */
const attachPolicy: Operation = (api, body) => {
  api.policies.attach(textIn(body, 'PolicyId'), targetNamed(api.organization, textIn(body, 'TargetId')));
  return {};
};

/** https://docs.aws.amazon.com/organizations/latest/APIReference/API_DetachPolicy.html */
const detachPolicy: Operation = (api, body) => {
  api.policies.detach(textIn(body, 'PolicyId'), targetNamed(api.organization, textIn(body, 'TargetId')));
  return {};
};

/** Operations about policies, by name. */
export const policyOperations: readonly (readonly [string, Operation])[] = [
  ['EnablePolicyType', enablePolicyType],
  ['CreatePolicy', createPolicy],
  ['UpdatePolicy', updatePolicy],
  ['DescribePolicy', describePolicy],
  ['ListPolicies', listPolicies],
  ['ListPoliciesForTarget', listPoliciesForTarget],
  ['ListTargetsForPolicy', listTargetsForPolicy],
  ['AttachPolicy', attachPolicy],
  ['DetachPolicy', detachPolicy],
];

const whole = ({ organization }: OrganizationApi, policy: StoredPolicy): Body => ({
  Policy: { PolicySummary: describedPolicy(organization, policy), Content: policy.content },
});

function textIn(body: Body, key: string): string {
  const value = body[key];
  if (typeof value === 'string' && value !== '') return value;
  throw new OrganizationsError('InvalidInputException', `You provided no ${key}.`);
}

function typeIn(body: Body, key: string): OrganizationPolicyType {
  const value = textIn(body, key);
  const known = policyTypes.find((type) => type === value);
  if (known) return known;
  const message = `policies of type ${value} are not implemented by the simulated AWS Organizations`;
  throw new OrganizationsError('NotImplemented', message);
}
