import { defined, isObject, listOf, objectOf, textOf } from '@crosswind/aws/json';
import { iamPolicy } from './attachments.ts';
import { createRole } from './create-role.ts';
import type { Identities, Role, RoleChange } from './identities.ts';
import { asIam, documentIn, type IamOperation, noSuchEntity, roleNamed } from './role-named.ts';
import { managedPolicyAt } from './roles.ts';

/** Changes some of a role; everything else stays. */
const change = (identities: Identities, role: Role, changes: Partial<RoleChange>): Role =>
  identities.changeRole(role, {
    trust: role.trust.document,
    boundary: role.boundary,
    details: role.details,
    ...changes,
  });

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_UpdateAssumeRolePolicy.html */
const updateAssumeRolePolicy: IamOperation = (api, call) => {
  const role = roleNamed(api, call, 'UpdateAssumeRolePolicy');
  const trust = asIam(() => iamPolicy(`trust policy of ${role.name}`, documentIn(call), 'resource').document);
  change(api.identities, role, { trust });
  return {};
};

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_UpdateRole.html */
const updateRole: IamOperation = (api, call) => {
  const role = roleNamed(api, call, 'UpdateRole');
  const { Description, MaxSessionDuration } = call.body;
  change(api.identities, role, { details: { ...role.details, ...defined({ Description, MaxSessionDuration }) } });
  return {};
};

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_PutRolePermissionsBoundary.html */
const putRolePermissionsBoundary: IamOperation = (api, call) => {
  const arn = textOf(call.body['PermissionsBoundary']);
  const role = roleNamed(api, call, 'PutRolePermissionsBoundary', { 'iam:PermissionsBoundary': arn });
  const boundary = asIam(() => managedPolicyAt(api.identities, 'permissions boundary', arn));
  if (boundary.isUnknown) throw noSuchEntity(`Scope ARN: ${arn} does not exist or is not attachable.`);
  change(api.identities, role, { boundary });
  return {};
};

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeleteRolePermissionsBoundary.html */
const deleteRolePermissionsBoundary: IamOperation = (api, call) => {
  const role = roleNamed(api, call, 'DeleteRolePermissionsBoundary');
  change(api.identities, role, { boundary: undefined });
  return {};
};

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_TagRole.html */
const tagRole: IamOperation = (api, call) => {
  const role = roleNamed(api, call, 'TagRole');
  const added = listOf(call.body['Tags']).filter(isObject);
  const keys = added.map(({ Key }) => textOf(Key));
  change(api.identities, role, { details: { ...role.details, Tags: [...tagsWithout(role, keys), ...added] } });
  return {};
};

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_UntagRole.html */
const untagRole: IamOperation = (api, call) => {
  const role = roleNamed(api, call, 'UntagRole');
  const keys = listOf(call.body['TagKeys']).map(textOf);
  change(api.identities, role, { details: { ...role.details, Tags: tagsWithout(role, keys) } });
  return {};
};

const tagsWithout = ({ details = {} }: Role, keys: readonly string[]) =>
  listOf(details['Tags']).filter((tag) => !keys.includes(textOf(objectOf(tag)['Key'])));

/** Operations that change roles themselves. */
export const changeRoles: readonly (readonly [string, IamOperation])[] = [
  ['CreateRole', createRole],
  ['DeleteRolePermissionsBoundary', deleteRolePermissionsBoundary],
  ['PutRolePermissionsBoundary', putRolePermissionsBoundary],
  ['TagRole', tagRole],
  ['UntagRole', untagRole],
  ['UpdateAssumeRolePolicy', updateAssumeRolePolicy],
  ['UpdateRole', updateRole],
];
