import { textOf } from '@crosswind/aws/json';
import { attach, detach, inlinePolicy } from './attachments.ts';
import { asIam, documentIn, type IamOperation, noSuchEntity, roleNamed } from './role-named.ts';
import { managedPolicyAt } from './roles.ts';

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_PutRolePolicy.html */
const putRolePolicy: IamOperation = (api, call) => {
  const role = roleNamed(api, call, 'PutRolePolicy');
  const policy = { PolicyName: textOf(call.body['PolicyName']), PolicyDocument: documentIn(call) };
  attach(
    role,
    asIam(() => inlinePolicy(role.name, policy)),
  );
  return {};
};

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeleteRolePolicy.html */
const deleteRolePolicy: IamOperation = (api, call) => {
  const role = roleNamed(api, call, 'DeleteRolePolicy');
  const inlineName = textOf(call.body['PolicyName']);
  if (!role.policies.some((policy) => policy.inlineName === inlineName))
    throw noSuchEntity(`The role policy with name ${inlineName} cannot be found.`);
  detach(role, { inlineName });
  return {};
};

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_AttachRolePolicy.html */
const attachRolePolicy: IamOperation = (api, call) => {
  const arn = textOf(call.body['PolicyArn']);
  const role = roleNamed(api, call, 'AttachRolePolicy', { 'iam:PolicyARN': arn });
  const policy = asIam(() => managedPolicyAt(api.identities, 'managed policy', arn));
  if (policy.isUnknown) throw noSuchEntity(`Policy ${arn} does not exist or is not attachable.`);
  attach(role, policy);
  return {};
};

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_DetachRolePolicy.html */
const detachRolePolicy: IamOperation = (api, call) => {
  const managedArn = textOf(call.body['PolicyArn']);
  const role = roleNamed(api, call, 'DetachRolePolicy', { 'iam:PolicyARN': managedArn });
  if (!role.policies.some((policy) => policy.managedArn === managedArn))
    throw noSuchEntity(`Policy ${managedArn} was not found.`);
  detach(role, { managedArn });
  return {};
};

/** Operations that change the policies of roles. */
export const changePolicies: readonly (readonly [string, IamOperation])[] = [
  ['AttachRolePolicy', attachRolePolicy],
  ['DeleteRolePolicy', deleteRolePolicy],
  ['DetachRolePolicy', detachRolePolicy],
  ['PutRolePolicy', putRolePolicy],
];
