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
  numbers: new Set(['MaxDatapoints', 'MaxRecords', 'Period']),
  booleans: new Set(['IncludeLinkedAccounts', 'ReturnData']),
  lists: new Set(['AlarmNames', 'AlarmTypes', 'Dimensions', 'ExtendedStatistics', 'MetricDataQueries', 'Statistics']),
  maps: new Set(['ExtendedStatistics']),
};
