import type { CallRow, Change, Occasions, Targets, TypeCalls } from './call-row.ts';
import { attachedBoundary } from './condition-keys.ts';
import { all, each, given, gone, ifAlso, textAt } from './occasions.ts';
import { iamApi } from './iam-roles.ts';
import { assumedCall, call, onChange, onCreate, onDelete, onUpdate, reads, schemaOf } from './shared-rows.ts';
import { iamArn, principalArn } from './targets.ts';

type PrincipalType = 'role' | 'user' | 'group';

const named =
  (type: PrincipalType): Targets =>
  (change, value) => [principalArn(change, type, value)];

/** Only roles and users have a boundary. */
const boundaryOf = (type: PrincipalType) => (type === 'group' ? undefined : attachedBoundary);

const principals: readonly (readonly [PrincipalType, string, string])[] = [
  ['role', 'Role', 'Roles[]'],
  ['user', 'User', 'Users[]'],
  ['group', 'Group', 'Groups[]'],
];

/** Principals that an update adds, or all of them if it changes the document or the name. */
const written = (path: string): Occasions => {
  const rewritten = ifAlso(given('PolicyDocument', 'PolicyName'), all(path));
  return (change: Change) => {
    const everyone = rewritten(change);
    return everyone.length > 0 ? everyone : each(path)(change);
  };
};

const inlineSchema = schemaOf('AWS::IAM::Policy');

const inlineRows = ([type, noun, path]: (typeof principals)[number]): readonly CallRow[] => {
  const on = named(type);
  const keys = boundaryOf(type);
  return [
    assumedCall(`iam:Get${noun}Policy`, onCreate, inlineSchema, { when: each(path), on }),
    call(`iam:Put${noun}Policy`, onChange, iamApi(`Put${noun}Policy`), { when: written(path), on, keys }),
    call(`iam:Delete${noun}Policy`, [...onUpdate, ...onDelete], iamApi(`Delete${noun}Policy`), {
      when: gone(path),
      on,
      keys,
    }),
  ];
};

/** Inline policy of roles, users and groups; it has no ARN. */
export const inlinePolicy: TypeCalls = { arn: () => '*', rows: principals.flatMap(inlineRows) };

const schema = schemaOf('AWS::IAM::ManagedPolicy');

const attachmentRows = ([type, noun, path]: (typeof principals)[number]): readonly CallRow[] => {
  const on = named(type);
  const keys = (change: Change, value: unknown, principal: string) => ({
    'iam:PolicyARN': change.own,
    ...boundaryOf(type)?.(change, value, principal),
  });
  return [
    call(`iam:Attach${noun}Policy`, onChange, iamApi(`Attach${noun}Policy`), { when: each(path), on, keys }),
    call(`iam:Detach${noun}Policy`, [...onUpdate, ...onDelete], iamApi(`Detach${noun}Policy`), {
      when: gone(path),
      on,
      keys,
    }),
  ];
};

export const managedPolicy: TypeCalls = {
  arn: (resource) => iamArn(resource, 'policy', resource.name, textAt(resource.properties, 'Path')),
  rows: [
    call('iam:CreatePolicy', onCreate, iamApi('CreatePolicy')),
    assumedCall('iam:GetPolicy', [...onUpdate, ...onDelete], schema),
    // At most five versions exist, so an old one goes first (IAM User Guide, "Versioning IAM policies").
    assumedCall('iam:ListPolicyVersions', onUpdate, schema, { when: given('PolicyDocument') }),
    assumedCall('iam:DeletePolicyVersion', onUpdate, schema, { when: given('PolicyDocument') }),
    call('iam:CreatePolicyVersion', onUpdate, iamApi('CreatePolicyVersion'), { when: given('PolicyDocument') }),
    ...principals.flatMap(attachmentRows),
    // DeletePolicy: detach it from everyone and delete its other versions first.
    call('iam:ListPolicyVersions', onDelete, iamApi('DeletePolicy')),
    assumedCall('iam:DeletePolicyVersion', onDelete, schema),
    assumedCall('iam:ListEntitiesForPolicy', onDelete, schema),
    call('iam:DeletePolicy', onDelete, iamApi('DeletePolicy')),
    ...reads(schema, 'iam:GetPolicy', 'iam:ListEntitiesForPolicy', 'iam:GetPolicyVersion'),
  ],
};
