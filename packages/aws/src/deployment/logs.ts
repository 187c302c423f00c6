import type { CallRow, Targets, TypeCalls } from './call-row.ts';
import { newTags } from './condition-keys.ts';
import { given, removed, set } from './occasions.ts';
import {
  assumedCall,
  call,
  notNeeded,
  onChange,
  onCreate,
  onDelete,
  onRead,
  onUpdate,
  schemaOf,
  tagging,
} from './shared-rows.ts';
import { everything, ofName, own } from './targets.ts';

const repository = 'https://github.com/aws-cloudformation/aws-cloudformation-resource-providers-logs';
const handler = (name: string): string =>
  `${repository}/blob/master/aws-logs-loggroup/src/main/java/software/amazon/logs/loggroup/${name}.java`;
const api = (operation: string): string =>
  `https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_${operation}.html`;
const schema = schemaOf('AWS::Logs::LogGroup');

/**
 * CloudWatch Logs User Guide, "Overview of managing access permissions": policies name a group with `:*`, except for tags.
 * AWS's messages say `log-group:NAME:log-stream:`.
 */
const withStreams: Targets = (change) => [`${change.own}:log-stream:`];

const onStreams = (rows: readonly CallRow[]): readonly CallRow[] =>
  rows.map((row) => (row.on === undefined ? { ...row, on: withStreams } : row));

const findings = 'only for findings that a DataProtectionPolicy sends on';

export const logGroup: TypeCalls = {
  arn: ofName('logs', 'log-group:'),
  rows: onStreams([
    call('logs:CreateLogGroup', onCreate, handler('CreateHandler'), { keys: newTags, creates: true }),
    ...tagging(api('CreateLogGroup'), 'logs:TagResource', 'logs:UntagResource').map((row) => ({ ...row, on: own })),
    call('logs:PutRetentionPolicy', onChange, handler('CreateHandler'), { when: set('RetentionInDays') }),
    call('logs:DeleteRetentionPolicy', onUpdate, handler('UpdateHandler'), { when: removed('RetentionInDays') }),
    call('logs:AssociateKmsKey', onUpdate, handler('UpdateHandler'), { when: set('KmsKeyId') }),
    call('logs:DisassociateKmsKey', onUpdate, handler('UpdateHandler'), { when: removed('KmsKeyId') }),
    call('logs:PutDataProtectionPolicy', onChange, api('PutDataProtectionPolicy'), {
      when: set('DataProtectionPolicy'),
    }),
    assumedCall('logs:GetDataProtectionPolicy', onChange, schema, { when: given('DataProtectionPolicy') }),
    assumedCall('logs:DescribeLogGroups', [...onChange, ...onDelete], schema, { on: everything }),
    call('logs:DeleteLogGroup', onDelete, api('DeleteLogGroup')),
    call('logs:DescribeLogGroups', onRead, handler('ReadHandler'), { on: everything }),
    call('logs:ListTagsForResource', onRead, handler('ReadHandler'), { on: own }),
    call('logs:GetDataProtectionPolicy', onRead, schema),
  ]),
  notNeeded: [
    ...notNeeded('DeleteLogGroup deletes the policy with the group', onDelete, 'logs:DeleteDataProtectionPolicy'),
    ...notNeeded(findings, onChange, 'logs:CreateLogDelivery', 's3:REST.PUT.OBJECT', 'firehose:TagDeliveryStream'),
    ...notNeeded(findings, onCreate, 'logs:PutResourcePolicy', 'logs:DescribeResourcePolicies'),
  ],
};
