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

/** Service Authorization Reference, "Condition keys for Amazon CloudWatch". */
const actions = keyWithAll('cloudwatch:AlarmActions', 'AlarmActions[]');

/** Alarms of both kinds differ in the operation that writes them. */
const alarmBy = (type: string, operation: string): TypeCalls => ({
  arn: ofName('cloudwatch', 'alarm:'),
  rows: [
    call(`cloudwatch:${operation}`, onCreate, api(operation), { keys: allKeys(actions, newTags), creates: true }),
    call(`cloudwatch:${operation}`, onUpdate, api(operation), { keys: actions }),
    ...tagging(api(operation), 'cloudwatch:TagResource', 'cloudwatch:UntagResource'),
    assumedCall('cloudwatch:DescribeAlarms', [...onChange, ...onDelete], schemaOf(type)),
    call('cloudwatch:DeleteAlarms', onDelete, api('DeleteAlarms')),
    ...reads(schemaOf(type), 'cloudwatch:DescribeAlarms', 'cloudwatch:ListTagsForResource'),
  ],
});

export const alarm = alarmBy('AWS::CloudWatch::Alarm', 'PutMetricAlarm');
export const compositeAlarm = alarmBy('AWS::CloudWatch::CompositeAlarm', 'PutCompositeAlarm');

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
