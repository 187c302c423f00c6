import type { FieldKinds } from '../../protocols/protocol.ts';

/** Kinds of CloudWatch's fields, where a protocol must know them (AWS: "Amazon CloudWatch API Reference", data types). */
export const fieldKinds: FieldKinds = {
  times: new Set([
    'AlarmConfigurationUpdatedTimestamp',
    'EndDate',
    'EndTime',
    'LastModified',
    'StartDate',
    'StartTime',
    'StateTransitionedTimestamp',
    'StateUpdatedTimestamp',
    'Timestamp',
    'Timestamps',
  ]),
  numbers: new Set(['DatapointsToAlarm', 'EvaluationPeriods', 'MaxDatapoints', 'MaxRecords', 'Period', 'Threshold']),
  booleans: new Set(['ActionsEnabled', 'IncludeLinkedAccounts', 'ReturnData']),
  lists: new Set([
    'AlarmActions',
    'AlarmNames',
    'AlarmTypes',
    'DashboardNames',
    'Dimensions',
    'ExtendedStatistics',
    'InsufficientDataActions',
    'MetricDataQueries',
    'Metrics',
    'OKActions',
    'Statistics',
    'Tags',
  ]),
  maps: new Set(['AlarmContributorAttributes', 'ContributorAttributes', 'ExtendedStatistics']),
};
