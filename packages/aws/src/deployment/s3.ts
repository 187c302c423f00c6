import type { TypeCalls } from './call-row.ts';
import { all, given, ifAlso, removed, set, tagsChange, tagsToSet, turned } from './occasions.ts';
import {
  assumedCall,
  call,
  notNeeded,
  onChange,
  onCreate,
  onDelete,
  onRead,
  onUpdate,
  passRole,
  reads,
  schemaOf,
  writes,
} from './shared-rows.ts';
import { bucketAt } from './targets.ts';

const api = (operation: string): string => `https://docs.aws.amazon.com/AmazonS3/latest/API/API_${operation}.html`;
/** Operations of the API and the permissions that they need, also those that delete a configuration. */
const permissions = 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/using-with-s3-policy-actions.html';
const schema = schemaOf('AWS::S3::Bucket');

const operationOnly = 'an operation of the API, authorized by an action s3:Put…';

export const bucket: TypeCalls = {
  arn: ({ partition, name }) => `arn:${partition}:s3:::${name}`,
  rows: [
    call('s3:CreateBucket', onCreate, api('CreateBucket'), { creates: true }),
    // CreateBucket: "if your CreateBucket request specifies ACL permissions … s3:PutBucketAcl"; likewise the next two.
    call('s3:PutBucketAcl', onChange, api('CreateBucket'), { when: given('AccessControl') }),
    call('s3:PutBucketOwnershipControls', onChange, api('CreateBucket'), { when: given('OwnershipControls') }),
    call('s3:PutBucketObjectLockConfiguration', onChange, api('CreateBucket'), {
      when: given('ObjectLockConfiguration'),
    }),
    call('s3:PutBucketObjectLockConfiguration', onCreate, api('CreateBucket'), {
      when: (change) =>
        set('ObjectLockConfiguration')(change).length > 0 ? [] : turned('ObjectLockEnabled', true, false)(change),
    }),
    call('s3:PutBucketVersioning', onCreate, api('CreateBucket'), { when: turned('ObjectLockEnabled', true, false) }),
    ...writes(permissions, {
      AccelerateConfiguration: 's3:PutAccelerateConfiguration',
      AnalyticsConfigurations: 's3:PutAnalyticsConfiguration',
      BucketEncryption: 's3:PutEncryptionConfiguration',
      CorsConfiguration: 's3:PutBucketCORS',
      IntelligentTieringConfigurations: 's3:PutIntelligentTieringConfiguration',
      InventoryConfigurations: 's3:PutInventoryConfiguration',
      LifecycleConfiguration: 's3:PutLifecycleConfiguration',
      LoggingConfiguration: 's3:PutBucketLogging',
      MetricsConfigurations: 's3:PutMetricsConfiguration',
      NotificationConfiguration: 's3:PutBucketNotification',
      PublicAccessBlockConfiguration: 's3:PutBucketPublicAccessBlock',
      ReplicationConfiguration: 's3:PutReplicationConfiguration',
      VersioningConfiguration: 's3:PutBucketVersioning',
    }),
    passRole('ReplicationConfiguration.Role', 's3.amazonaws.com', api('PutBucketReplication'), {
      when: ifAlso(set('ReplicationConfiguration'), all('ReplicationConfiguration.Role')),
    }),
    call('s3:PutBucketWebsite', onChange, permissions, { when: set('WebsiteConfiguration') }),
    call('s3:DeleteBucketWebsite', onUpdate, permissions, { when: removed('WebsiteConfiguration') }),
    call('s3:PutBucketTagging', onCreate, api('PutBucketTagging'), { when: tagsToSet }),
    call('s3:PutBucketTagging', onUpdate, api('PutBucketTagging'), { when: tagsChange }),
    call('s3:DeleteBucket', onDelete, api('DeleteBucket')),
    ...reads(
      schema,
      's3:GetAccelerateConfiguration',
      's3:GetLifecycleConfiguration',
      's3:GetBucketPublicAccessBlock',
      's3:GetAnalyticsConfiguration',
      's3:GetBucketCORS',
      's3:GetEncryptionConfiguration',
      's3:GetInventoryConfiguration',
      's3:GetBucketLogging',
      's3:GetMetricsConfiguration',
      's3:GetBucketNotification',
      's3:GetBucketVersioning',
      's3:GetReplicationConfiguration',
      's3:GetBucketWebsite',
      's3:GetBucketObjectLockConfiguration',
      's3:GetBucketTagging',
      's3:GetBucketOwnershipControls',
      's3:GetIntelligentTieringConfiguration',
    ),
    call('s3:ListBucket', onRead, api('HeadBucket')),
  ],
  notNeeded: [
    ...notNeeded(
      'CreateBucket and DeleteBucket themselves say whether the bucket exists and is empty',
      [...onChange, ...onDelete],
      's3:ListBucket',
    ),
    ...notNeeded('CreateBucket sets the ACL of AccessControl', onCreate, 's3:GetBucketAcl'),
    ...notNeeded('CloudFormation writes and deletes no objects', onCreate, 's3:PutObjectAcl', 's3:DeleteObject'),
    ...notNeeded(operationOnly, onChange, 's3:PutBucketReplication', 's3:PutObjectLockConfiguration'),
    ...notNeeded(
      operationOnly,
      onUpdate,
      's3:DeleteBucketAnalyticsConfiguration',
      's3:DeleteBucketCors',
      's3:DeleteBucketMetricsConfiguration',
      's3:DeleteBucketEncryption',
      's3:DeleteBucketLifecycle',
      's3:DeleteBucketReplication',
    ),
  ],
};

const policySchema = schemaOf('AWS::S3::BucketPolicy');

/** The policy of a bucket; it has no ARN. */
export const bucketPolicy: TypeCalls = {
  arn: () => '*',
  rows: [
    assumedCall('s3:GetBucketPolicy', [...onChange, ...onDelete], policySchema, { on: bucketAt('Bucket') }),
    call('s3:PutBucketPolicy', onChange, api('PutBucketPolicy'), { on: bucketAt('Bucket') }),
    call('s3:DeleteBucketPolicy', onDelete, api('DeleteBucketPolicy'), { on: bucketAt('Bucket') }),
    call('s3:GetBucketPolicy', onRead, policySchema, { on: bucketAt('Bucket') }),
  ],
};
