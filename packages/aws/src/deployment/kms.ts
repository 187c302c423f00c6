import { textOf } from '../json.ts';
import type { Targets, TypeCalls } from './call-row.ts';
import { keyFrom, newTags, allKeys } from './condition-keys.ts';
import { given, set, tagsToSet, textAt, turned } from './occasions.ts';
import {
  call,
  notNeeded,
  onChange,
  onCreate,
  onDelete,
  onRead,
  onUpdate,
  reads,
  schemaOf,
  tolerated,
} from './shared-rows.ts';
import { arnHere, everything, keyArn, ofName } from './targets.ts';

const repository = 'https://github.com/aws-cloudformation/aws-cloudformation-resource-providers-kms';
const handler = (name: string): string =>
  `${repository}/blob/master/key/src/main/java/software/amazon/kms/key/${name}.java`;
const schema = schemaOf('AWS::KMS::Key');
const createKey = 'https://docs.aws.amazon.com/kms/latest/APIReference/API_CreateKey.html';

/** Service Authorization Reference, "Condition keys for AWS Key Management Service". */
const ofKey = allKeys(
  keyFrom('kms:KeySpec', 'KeySpec'),
  keyFrom('kms:KeyUsage', 'KeyUsage'),
  keyFrom('kms:MultiRegion', 'MultiRegion'),
  newTags,
);

export const key: TypeCalls = {
  arn: ofName('kms', 'key/'),
  rows: [
    call('kms:CreateKey', onCreate, createKey, { on: everything, keys: ofKey, creates: true }),
    // API_CreateKey: "To use the Tags parameter, kms:TagResource (IAM policy)".
    call('kms:TagResource', onCreate, createKey, { when: tagsToSet, on: everything, keys: newTags }),
    call('kms:DescribeKey', onUpdate, handler('UpdateHandler')),
    call('kms:EnableKey', onUpdate, handler('UpdateHandler'), {
      when: turned('Enabled', true, true),
    }),
    call('kms:EnableKeyRotation', onChange, handler('CreateHandler'), {
      when: turned('EnableKeyRotation', true, false),
    }),
    call('kms:DisableKeyRotation', onUpdate, handler('UpdateHandler'), {
      when: turned('EnableKeyRotation', false, false),
    }),
    call('kms:DisableKey', onChange, handler('CreateHandler'), { when: turned('Enabled', false, true) }),
    call('kms:UpdateKeyDescription', onUpdate, handler('UpdateHandler'), { when: given('Description') }),
    call('kms:PutKeyPolicy', onUpdate, handler('UpdateHandler'), { when: given('KeyPolicy') }),
    call('kms:ScheduleKeyDeletion', onDelete, handler('DeleteHandler')),
    call('kms:DescribeKey', onDelete, handler('DeleteHandler')),
    ...reads(schema, 'kms:DescribeKey'),
  ],
  notNeeded: [
    ...notNeeded('CreateKey takes the policy with it', onCreate, 'kms:PutKeyPolicy'),
    // The handling of "not authorized" in UpdateHandler, and softFailAccessDenied in ReadHandler.
    ...notNeeded(tolerated, onUpdate, 'kms:ListResourceTags', 'kms:TagResource', 'kms:UntagResource'),
    ...notNeeded(tolerated, onRead, 'kms:ListResourceTags', 'kms:GetKeyPolicy', 'kms:GetKeyRotationStatus'),
  ],
};

/** KMS Developer Guide, "Controlling access to aliases": on the alias and on each key that it gets or loses. */
const aliasAccess = 'https://docs.aws.amazon.com/kms/latest/developerguide/alias-access.html';

const aliasAndKey: Targets = (change) => [
  change.own,
  ...new Set(
    [change.properties, change.before ?? {}]
      .map((properties) => textAt(properties, 'TargetKeyId'))
      .filter((target) => target !== '')
      .map((target) => keyArn(change, textOf(target))),
  ),
];

export const keyAlias: TypeCalls = {
  arn: (resource) => arnHere(resource, 'kms', `alias/${resource.name.replace(/^alias\//, '')}`),
  rows: [
    call('kms:CreateAlias', onCreate, aliasAccess, { on: aliasAndKey }),
    call('kms:UpdateAlias', onUpdate, aliasAccess, { when: set('TargetKeyId'), on: aliasAndKey }),
    call('kms:DeleteAlias', onDelete, aliasAccess, { on: aliasAndKey }),
    ...reads(schemaOf('AWS::KMS::Alias'), 'kms:ListAliases').map((row) => ({ ...row, on: everything })),
  ],
};
