import type { CallRow, Targets, TypeCalls } from './call-row.ts';
import { newTags } from './condition-keys.ts';
import { given, removed, set, tagsChange, textAt } from './occasions.ts';
import {
  assumedCall,
  call,
  notNeeded,
  onChange,
  onCreate,
  onDelete,
  onUpdate,
  reads,
  schemaOf,
  tagging,
} from './shared-rows.ts';
import { keysAt, ofName } from './targets.ts';

const api = (operation: string): string =>
  `https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_${operation}.html`;
const schema = schemaOf('AWS::DynamoDB::Table');
const encryption = 'https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/encryption.usagenotes.html';
const key = 'SSESpecification.KMSMasterKeyId';

/** Properties that `UpdateTable` takes. */
const settings = [
  'AttributeDefinitions',
  'BillingMode',
  'DeletionProtectionEnabled',
  'GlobalSecondaryIndexes',
  'OnDemandThroughput',
  'ProvisionedThroughput',
  'SSESpecification',
  'StreamSpecification',
  'TableClass',
  'WarmThroughput',
];

/** A call that writes a feature of the table, and one that waits until it is there. */
const feature = (property: string, write: string, read: string): readonly CallRow[] => [
  call(`dynamodb:${write}`, onChange, api(write), { when: given(property) }),
  assumedCall(`dynamodb:${read}`, onChange, schema, { when: given(property) }),
];

const stream = 'KinesisStreamSpecification';

const itsStream: Targets = ({ properties }) => [textAt(properties, `${stream}.StreamArn`)];

const byGrant = 'DynamoDB uses the key by its grant (Developer Guide, "DynamoDB encryption at rest")';
const imported = 'only with ImportSourceSpecification: an import into a new table is not held here';

export const table: TypeCalls = {
  arn: ofName('dynamodb', 'table/'),
  rows: [
    ...['kms:DescribeKey', 'kms:CreateGrant'].map((action) =>
      call(action, onChange, encryption, { when: set(key), on: keysAt(key) }),
    ),
    call('dynamodb:CreateTable', onCreate, api('CreateTable'), { keys: newTags, creates: true }),
    ...tagging(api('TagResource'), 'dynamodb:TagResource', 'dynamodb:UntagResource'),
    assumedCall('dynamodb:ListTagsOfResource', onUpdate, schema, { when: tagsChange }),
    call('dynamodb:UpdateTable', onUpdate, api('UpdateTable'), { when: given(...settings) }),
    // A table is there when its status is ACTIVE (API_CreateTable).
    call('dynamodb:DescribeTable', onChange, api('CreateTable')),
    ...feature('TimeToLiveSpecification', 'UpdateTimeToLive', 'DescribeTimeToLive'),
    ...feature('PointInTimeRecoverySpecification', 'UpdateContinuousBackups', 'DescribeContinuousBackups'),
    ...feature('ContributorInsightsSpecification', 'UpdateContributorInsights', 'DescribeContributorInsights'),
    call('dynamodb:EnableKinesisStreamingDestination', onChange, api('EnableKinesisStreamingDestination'), {
      when: set(stream),
    }),
    call('dynamodb:DisableKinesisStreamingDestination', onUpdate, api('DisableKinesisStreamingDestination'), {
      when: removed(stream),
    }),
    // DynamoDB Developer Guide, "Using IAM for Kinesis Data Streams and DynamoDB".
    ...['kinesis:DescribeStream', 'kinesis:PutRecords'].map((action) =>
      assumedCall(action, onChange, schema, { when: set(stream), on: itsStream }),
    ),
    assumedCall('dynamodb:DescribeKinesisStreamingDestination', onChange, schema, { when: given(stream) }),
    call('dynamodb:PutResourcePolicy', onChange, api('PutResourcePolicy'), { when: set('ResourcePolicy') }),
    call('dynamodb:DeleteResourcePolicy', onUpdate, api('DeleteResourcePolicy'), { when: removed('ResourcePolicy') }),
    assumedCall('dynamodb:GetResourcePolicy', onChange, schema, { when: given('ResourcePolicy') }),
    call('dynamodb:DeleteTable', onDelete, api('DeleteTable')),
    call('dynamodb:DescribeTable', onDelete, api('DeleteTable')),
    ...reads(
      schema,
      'dynamodb:DescribeTable',
      'dynamodb:DescribeContinuousBackups',
      'dynamodb:DescribeContributorInsights',
      'dynamodb:DescribeKinesisStreamingDestination',
      'dynamodb:ListTagsOfResource',
      'dynamodb:GetResourcePolicy',
    ),
  ],
  notNeeded: [
    ...notNeeded(
      imported,
      onCreate,
      'dynamodb:ImportTable',
      'dynamodb:DescribeImport',
      's3:GetObject',
      's3:GetObjectMetadata',
      's3:ListBucket',
      'logs:CreateLogGroup',
      'logs:CreateLogStream',
      'logs:DescribeLogGroups',
      'logs:DescribeLogStreams',
      'logs:PutLogEvents',
      'logs:PutRetentionPolicy',
    ),
    ...notNeeded('a new table has no tags but its own', onCreate, 'dynamodb:ListTagsOfResource'),
    ...notNeeded('CreateTable takes all settings', onCreate, 'dynamodb:UpdateTable'),
    ...notNeeded('a new table has no stream', onCreate, 'dynamodb:DisableKinesisStreamingDestination'),
    ...notNeeded('an update replaces the stream', onUpdate, 'dynamodb:UpdateKinesisStreamingDestination'),
    ...notNeeded('the role exists in an account with a table', onChange, 'iam:CreateServiceLinkedRole'),
    ...notNeeded(byGrant, onChange, 'kms:ListAliases', 'kms:RevokeGrant'),
    ...notNeeded(byGrant, onCreate, 'kms:Decrypt', 'kms:Encrypt'),
  ],
};
