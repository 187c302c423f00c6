import { z } from 'zod';
import type { JsonObject } from '@crosswind/aws/json';
import type { Alarm, AlarmEvent } from '../alarm/alarm.ts';
import type { StateUpdate } from '../alarm/alarm-state.ts';
import { type CloudWatchOperation, epochSeconds, placeOf, requested } from './cloudwatch-api.ts';
import { alarmTypes, maxRecords, permitAlarms, typeOf } from './describe-alarms.ts';
import { pageOf } from './next-token.ts';

const request = z.strictObject({
  AlarmName: z.string().min(1).max(255).optional(),
  AlarmTypes: alarmTypes,
  HistoryItemType: z.enum(['ConfigurationUpdate', 'StateUpdate', 'Action']).optional(),
  StartDate: z.number().default(-Infinity),
  EndDate: z.number().default(Infinity),
  MaxRecords: maxRecords,
  NextToken: z.string().optional(),
  ScanBy: z.enum(['TimestampDescending', 'TimestampAscending']).default('TimestampDescending'),
});

const itemTypes = {
  created: 'ConfigurationUpdate',
  changed: 'ConfigurationUpdate',
  state: 'StateUpdate',
  action: 'Action',
} as const;

/** https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_DescribeAlarmHistory.html */
export const describeAlarmHistory: CloudWatchOperation = (api, call) => {
  const asked = requested(request, call.body);
  permitAlarms(api.authorize, call, 'cloudwatch:DescribeAlarmHistory', asked.AlarmName);
  const { MaxRecords: size, NextToken: token, ...filters } = asked;
  const place = placeOf(call);
  const found = api.cloudWatch.alarms
    .of(place)
    .filter((alarm) => (asked.AlarmName ?? alarm.name) === alarm.name && asked.AlarmTypes.includes(typeOf(alarm)))
    .flatMap((alarm) => alarm.history.map((event) => ({ alarm, event })))
    .filter(
      ({ event }) =>
        (asked.HistoryItemType ?? itemTypes[event.kind]) === itemTypes[event.kind] &&
        epochSeconds(event.at) >= asked.StartDate &&
        epochSeconds(event.at) <= asked.EndDate,
    )
    .sort((one, other) => one.event.at - other.event.at);
  if (asked.ScanBy === 'TimestampDescending') found.reverse();
  const { items, next } = pageOf(found, { of: ['DescribeAlarmHistory', place, filters], size, token });
  return { AlarmHistoryItems: items.map(({ alarm, event }) => itemOf(alarm, event)), ...next };
};

const itemOf = (alarm: Alarm, event: AlarmEvent): JsonObject => ({
  AlarmName: alarm.name,
  AlarmType: typeOf(alarm),
  Timestamp: epochSeconds(event.at),
  HistoryItemType: itemTypes[event.kind],
  HistorySummary: summaryOf(alarm, event),
  HistoryData: JSON.stringify({ version: '1.0', ...dataOf(event) }),
});

function summaryOf({ name }: Alarm, event: AlarmEvent): string {
  switch (event.kind) {
    case 'created':
      return `Alarm "${name}" created`;
    case 'changed':
      return `Alarm "${name}" updated`;
    case 'state':
      return `Alarm updated from ${event.from.value} to ${event.to.value}`;
    case 'action':
      return event.refused === undefined
        ? `Successfully executed action ${event.action}`
        : `Failed to execute action ${event.action}. Received error: "${event.refused}"`.slice(0, 255);
  }
}

function dataOf(event: AlarmEvent): JsonObject {
  switch (event.kind) {
    case 'created':
      return { type: 'Create' };
    case 'changed':
      return { type: 'Update' };
    case 'state':
      return { oldState: stateOf(event.from), newState: stateOf(event.to) };
    case 'action':
      return { actionState: event.refused === undefined ? 'Succeeded' : 'Failed', notificationResource: event.action };
  }
}

const stateOf = ({ value, reason, reasonData }: StateUpdate): JsonObject => ({
  stateValue: value,
  stateReason: reason,
  ...(reasonData !== undefined && { stateReasonData: JSON.parse(reasonData) as JsonObject }),
});
