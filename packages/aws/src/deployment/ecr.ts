import type { TypeCalls } from './call-row.ts';
import { newTags } from './condition-keys.ts';
import { present, removed } from './occasions.ts';
import {
  assumedCall,
  call,
  onChange,
  onCreate,
  onDelete,
  onRead,
  onUpdate,
  notNeeded,
  tagging,
  tolerated,
} from './shared-rows.ts';
import { keysAt, ofName } from './targets.ts';

const code = 'https://github.com/aws-cloudformation/aws-cloudformation-resource-providers-ecr';
const handler = (name: string): string =>
  `${code}/blob/master/aws-ecr-repository/src/main/java/software/amazon/ecr/repository/${name}.java`;
const guide = 'https://docs.aws.amazon.com/AmazonECR/latest/userguide/encryption-at-rest.html';
const key = 'EncryptionConfiguration.KmsKey';

export const repository: TypeCalls = {
  arn: ofName('ecr', 'repository/'),
  rows: [
    ...['kms:DescribeKey', 'kms:CreateGrant'].map((action) =>
      call(action, onCreate, guide, { when: present(key), on: keysAt(key) }),
    ),
    call('ecr:CreateRepository', onCreate, handler('CreateHandler'), { keys: newTags, creates: true }),
    ...tagging(handler('UpdateHandler'), 'ecr:TagResource', 'ecr:UntagResource'),
    call('ecr:SetRepositoryPolicy', onChange, handler('UpdateHandler'), { when: present('RepositoryPolicyText') }),
    // UpdateHandler deletes what the template does not have, whether it was there or not; assumed: only what was there.
    assumedCall('ecr:DeleteRepositoryPolicy', onUpdate, handler('UpdateHandler'), {
      when: removed('RepositoryPolicyText'),
    }),
    call('ecr:PutLifecyclePolicy', onChange, handler('UpdateHandler'), { when: present('LifecyclePolicy') }),
    assumedCall('ecr:DeleteLifecyclePolicy', onUpdate, handler('UpdateHandler'), { when: removed('LifecyclePolicy') }),
    call('ecr:PutImageTagMutability', onUpdate, handler('UpdateHandler'), { when: present('ImageTagMutability') }),
    call('ecr:PutImageScanningConfiguration', onUpdate, handler('UpdateHandler'), {
      when: present('ImageScanningConfiguration'),
    }),
    call('ecr:DescribeRepositories', onUpdate, handler('UpdateHandler')),
    call('ecr:ListTagsForResource', onUpdate, handler('UpdateHandler')),
    call('kms:RetireGrant', onDelete, guide, { when: present(key), on: keysAt(key) }),
    call('ecr:DeleteRepository', onDelete, handler('DeleteHandler')),
    call('ecr:DescribeRepositories', onRead, handler('ReadHandler')),
  ],
  notNeeded: [
    ...notNeeded(tolerated, onRead, 'ecr:GetLifecyclePolicy', 'ecr:GetRepositoryPolicy', 'ecr:ListTagsForResource'),
    ...notNeeded('a grant ends with the repository', onChange, 'kms:RetireGrant'),
    ...notNeeded('a change of the key replaces the repository', onUpdate, 'kms:DescribeKey', 'kms:CreateGrant'),
  ],
};
