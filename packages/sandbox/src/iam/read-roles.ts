import { createHash } from 'node:crypto';
import { defined, type JsonObject, listOf, textOf } from '@crosswind/aws/json';
import type { Role } from './identities.ts';
import { encoded, type IamOperation, noSuchEntity, roleNamed } from './role-named.ts';

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetRole.html */
const getRole: IamOperation = (api, call) => ({ Role: shownRole(roleNamed(api, call, 'GetRole')) });

/** A role as answers have it. The sandbox keeps no times of creation: all roles are of the first second of 2026. */
export function shownRole({ arn, name, trust, boundary, details = {} }: Role): JsonObject {
  const { Path, Description, MaxSessionDuration, Tags } = details;
  const id = createHash('sha256').update(arn).digest('hex').slice(0, 17).toUpperCase();
  return defined({
    Path: Path ?? '/',
    RoleName: name,
    RoleId: `AROA${id}`,
    Arn: arn,
    CreateDate: Date.UTC(2026, 0, 1) / 1_000,
    AssumeRolePolicyDocument: encoded(trust.document),
    Description,
    MaxSessionDuration: MaxSessionDuration ?? 3_600,
    PermissionsBoundary: boundary && {
      PermissionsBoundaryType: 'Policy',
      PermissionsBoundaryArn: boundary.managedArn ?? '',
    },
    Tags: listOf(Tags).length > 0 ? Tags : undefined,
  });
}

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetRolePolicy.html */
const getRolePolicy: IamOperation = (api, call) => {
  const role = roleNamed(api, call, 'GetRolePolicy');
  const name = textOf(call.body['PolicyName']);
  const policy = role.policies.find(({ inlineName }) => inlineName === name);
  if (!policy) throw noSuchEntity(`The role policy with name ${name} cannot be found.`);
  return { RoleName: role.name, PolicyName: name, PolicyDocument: encoded(policy.document) };
};

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListRolePolicies.html */
const listRolePolicies: IamOperation = (api, call) => {
  const { policies } = roleNamed(api, call, 'ListRolePolicies');
  return { PolicyNames: policies.flatMap(({ inlineName }) => inlineName ?? []), IsTruncated: false };
};

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListAttachedRolePolicies.html */
const listAttachedRolePolicies: IamOperation = (api, call) => {
  const arns = roleNamed(api, call, 'ListAttachedRolePolicies').policies.flatMap(({ managedArn }) => managedArn ?? []);
  const attached = arns.map((arn) => ({ PolicyName: arn.split('/').at(-1) ?? '', PolicyArn: arn }));
  return { AttachedPolicies: attached, IsTruncated: false };
};

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListRoleTags.html */
const listRoleTags: IamOperation = (api, call) => {
  const { details = {} } = roleNamed(api, call, 'ListRoleTags');
  return { Tags: listOf(details['Tags']), IsTruncated: false };
};

/** Operations that read roles. A role has few policies and tags, so that one page holds all of them. */
export const readRoles: readonly (readonly [string, IamOperation])[] = [
  ['GetRole', getRole],
  ['GetRolePolicy', getRolePolicy],
  ['ListAttachedRolePolicies', listAttachedRolePolicies],
  ['ListRolePolicies', listRolePolicies],
  ['ListRoleTags', listRoleTags],
];
