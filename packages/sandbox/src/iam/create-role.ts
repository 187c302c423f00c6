import { isObject, listOf, textOf } from '@crosswind/aws/json';
import { partitionOf } from '@crosswind/aws/partition';
import { AwsJsonError } from '../aws-json/aws-json-error.ts';
import { permit } from '../aws-json/permit.ts';
import { liveProperties } from '../live-properties.ts';
import { iamPolicy } from './attachments.ts';
import { shownRole } from './read-roles.ts';
import { asIam, documentIn, type IamOperation, noSuchEntity } from './role-named.ts';
import { managedPolicyAt, rolesNamedBy } from './roles.ts';

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateRole.html */
export const createRole: IamOperation = ({ authorize, identities }, call) => {
  const { body, principal, region } = call;
  const { account } = principal;
  const name = textOf(body['RoleName']);
  if (!/^[\w+=,.@-]{1,64}$/.test(name)) {
    throw new AwsJsonError('ValidationError', `The specified value for roleName is invalid: ${name}`);
  }
  const path = textOf(body['Path'] ?? '/');
  const arn = `arn:${partitionOf(region)}:iam::${account}:role${path}${name}`;
  const limit = body['PermissionsBoundary'] === undefined ? undefined : textOf(body['PermissionsBoundary']);
  permit(authorize, call, 'iam:CreateRole', arn, limit === undefined ? {} : { 'iam:PermissionsBoundary': limit });
  if (identities.roleNamed(account, name)) {
    throw new AwsJsonError('EntityAlreadyExists', `Role with name ${name} already exists.`, 409);
  }
  const document = documentIn(call, 'AssumeRolePolicyDocument');
  const trust = asIam(() => iamPolicy(`trust policy of ${name}`, document, 'resource').document);
  const unknown = rolesNamedBy(trust).find((named) => !identities.role(named));
  if (unknown !== undefined) {
    throw new AwsJsonError('MalformedPolicyDocument', `Invalid principal in policy: "AWS":"${unknown}"`);
  }
  const boundary =
    limit === undefined ? undefined : asIam(() => managedPolicyAt(identities, 'permissions boundary', limit));
  if (boundary?.isUnknown) throw noSuchEntity(`Scope ARN: ${limit ?? ''} does not exist or is not attachable.`);
  const { Description, MaxSessionDuration, Path } = body;
  const Tags = body['Tags'] === undefined ? undefined : listOf(body['Tags']).filter(isObject);
  const details = liveProperties({ Description, MaxSessionDuration, Path, Tags });
  return { Role: shownRole(identities.addRole({ arn, name, account, trust, boundary, details })) };
};
