import type { TypeCalls } from './call-row.ts';
import { allKeys, keyWithAll, newTags } from './condition-keys.ts';
import {
  assumedCall,
  call,
  onChange,
  onCreate,
  onDelete,
  onRead,
  onUpdate,
  reads,
  schemaOf,
  tagging,
} from './shared-rows.ts';
import { iamArn, ofName } from './targets.ts';

const api = (operation: string): string =>
  `https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_${operation}.html`;
const alarmSchema = schemaOf('AWS::CloudWatch::Alarm');

/** Service Authorization Reference, "Condition keys for Amazon CloudWatch". */
const actions = keyWithAll('cloudwatch:AlarmActions', 'AlarmActions[]');

export const alarm: TypeCalls = {
  arn: ofName('cloudwatch', 'alarm:'),
  rows: [
    call('cloudwatch:PutMetricAlarm', onCreate, api('PutMetricAlarm'), {
      keys: allKeys(actions, newTags),
      creates: true,
    }),
    call('cloudwatch:PutMetricAlarm', onUpdate, api('PutMetricAlarm'), { keys: actions }),
    ...tagging(api('PutMetricAlarm'), 'cloudwatch:TagResource', 'cloudwatch:UntagResource'),
    assumedCall('cloudwatch:DescribeAlarms', [...onChange, ...onDelete], alarmSchema),
    call('cloudwatch:DeleteAlarms', onDelete, api('DeleteAlarms')),
    ...reads(alarmSchema, 'cloudwatch:DescribeAlarms', 'cloudwatch:ListTagsForResource'),
  ],
};

const dashboardSchema = schemaOf('AWS::CloudWatch::Dashboard');

export const dashboard: TypeCalls = {
  // A dashboard is of an account, not of a region.
  arn: (resource) => iamArn(resource, 'dashboard', resource.name).replace(':iam:', ':cloudwatch:'),
  rows: [
    call('cloudwatch:PutDashboard', onChange, api('PutDashboard')),
    assumedCall('cloudwatch:GetDashboard', [...onCreate, ...onDelete], dashboardSchema),
    call('cloudwatch:DeleteDashboards', onDelete, api('DeleteDashboards')),
    call('cloudwatch:GetDashboard', onRead, dashboardSchema),
  ],
};
