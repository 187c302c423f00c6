import type { FieldKinds } from '../../protocols/protocol.ts';

/** Kinds of CloudFormation's fields, as the model of its API has them. */
export const fieldKinds: FieldKinds = {
  times: new Set([
    'CreationTime',
    'DeletionTime',
    'EndTime',
    'LastCheckTimestamp',
    'LastUpdatedTime',
    'LastUpdatedTimestamp',
    'StartTime',
    'Timestamp',
  ]),
  numbers: new Set(['MaxResults', 'TimeoutInMinutes', 'MonitoringTimeInMinutes']),
  booleans: new Set([
    'DisableRollback',
    'DisableValidation',
    'EnableTerminationProtection',
    'FailedEvents',
    'ForceRollback',
    'ImportExistingResources',
    'IncludeNestedStacks',
    'IncludePropertyValues',
    'RetainExceptOnCreate',
    'UsePreviousTemplate',
    'UsePreviousValue',
  ]),
  lists: new Set([
    'Capabilities',
    'LogicalResourceIds',
    'NotificationARNs',
    'Parameters',
    'ResourceTypes',
    'ResourcesToSkip',
    'RetainResources',
    'StackResourceDriftStatusFilters',
    'StackStatusFilter',
    'Tags',
  ]),
  maps: new Set(),
};
