import { textOf } from '../json.ts';
import type { KeysOf, TypeCalls } from './call-row.ts';
import { allKeys, attachedBoundary, keyFrom, newTags } from './condition-keys.ts';
import { each, given, gone, ifAny, removed, set, textAt } from './occasions.ts';
import {
  assumedCall,
  call,
  notNeeded,
  onChange,
  onCreate,
  onDelete,
  onRead,
  onUpdate,
  reads,
  schemaOf,
  tagging,
} from './shared-rows.ts';
import { iamArn } from './targets.ts';

const schema = schemaOf('AWS::IAM::Role');
export const iamApi = (operation: string): string =>
  `https://docs.aws.amazon.com/IAM/latest/APIReference/API_${operation}.html`;
/** Keys of IAM's actions: Service Authorization Reference, "Condition keys for AWS Identity and Access Management". */
const newBoundary = keyFrom('iam:PermissionsBoundary', 'PermissionsBoundary');

/** The managed policy that an occasion attaches or detaches. */
const thisPolicy: KeysOf = (_, value) => ({ 'iam:PolicyARN': textOf(value) });

/** The boundary that `CreateRole` has given the new role, else the one it had before. */
const boundaryByNow: KeysOf = (change, ...rest) =>
  change.operation === 'create' ? newBoundary(change, ...rest) : attachedBoundary(change, ...rest);

export const role: TypeCalls = {
  arn: (resource) => iamArn(resource, 'role', resource.name, textAt(resource.properties, 'Path')),
  rows: [
    call('iam:CreateRole', onCreate, iamApi('CreateRole'), { keys: allKeys(newBoundary, newTags), creates: true }),
    // aws/aws-cdk#27067: "CREATE_FAILED AWS::IAM::Role … is not authorized to perform: iam:GetRole".
    call('iam:GetRole', onCreate, 'https://github.com/aws/aws-cdk/issues/27067', { keys: newBoundary }),
    call('iam:UpdateAssumeRolePolicy', onUpdate, iamApi('UpdateAssumeRolePolicy'), {
      when: given('AssumeRolePolicyDocument'),
      keys: attachedBoundary,
    }),
    call('iam:UpdateRole', onUpdate, iamApi('UpdateRole'), {
      when: given('MaxSessionDuration'),
      keys: attachedBoundary,
    }),
    // UpdateRole can change it, too; the schema lists both.
    assumedCall('iam:UpdateRoleDescription', onUpdate, iamApi('UpdateRoleDescription'), {
      when: given('Description'),
      keys: attachedBoundary,
    }),
    call('iam:PutRolePolicy', onChange, iamApi('PutRolePolicy'), {
      when: ifAny(each('Policies[]')),
      keys: boundaryByNow,
    }),
    assumedCall('iam:GetRolePolicy', onCreate, schema, { when: set('Policies') }),
    call('iam:DeleteRolePolicy', [...onUpdate, ...onDelete], iamApi('DeleteRolePolicy'), {
      when: gone('Policies[].PolicyName'),
      keys: attachedBoundary,
    }),
    call('iam:AttachRolePolicy', onChange, iamApi('AttachRolePolicy'), {
      when: each('ManagedPolicyArns[]'),
      keys: allKeys(thisPolicy, boundaryByNow),
    }),
    call('iam:DetachRolePolicy', [...onUpdate, ...onDelete], iamApi('DetachRolePolicy'), {
      when: gone('ManagedPolicyArns[]'),
      keys: allKeys(thisPolicy, attachedBoundary),
    }),
    call('iam:PutRolePermissionsBoundary', onUpdate, iamApi('PutRolePermissionsBoundary'), {
      when: set('PermissionsBoundary'),
      keys: newBoundary,
    }),
    call('iam:DeleteRolePermissionsBoundary', onUpdate, iamApi('DeleteRolePermissionsBoundary'), {
      when: removed('PermissionsBoundary'),
      keys: attachedBoundary,
    }),
    ...tagging(iamApi('TagRole'), 'iam:TagRole', 'iam:UntagRole'),
    assumedCall('iam:GetRole', onDelete, schema, { keys: attachedBoundary }),
    assumedCall('iam:ListAttachedRolePolicies', onDelete, schema),
    assumedCall('iam:ListRolePolicies', onDelete, schema),
    call('iam:DeleteRole', onDelete, iamApi('DeleteRole'), { keys: attachedBoundary }),
    call('iam:GetRole', onRead, schema, { keys: attachedBoundary }),
    ...reads(schema, 'iam:ListAttachedRolePolicies', 'iam:ListRolePolicies', 'iam:GetRolePolicy'),
  ],
  notNeeded: [
    ...notNeeded('a new role has the tags of the template', onCreate, 'iam:UntagRole'),
    ...notNeeded('the tags go with the role', onDelete, 'iam:TagRole', 'iam:UntagRole'),
  ],
};
