import { z } from 'zod';
import type { JsonObject } from '@crosswind/aws/json';
import type { Alarm, AlarmEvent } from '../alarm/alarm.ts';
import type { Contributor } from '../alarm/contributor.ts';
import type { StateUpdate } from '../alarm/alarm-state.ts';
import { type CloudWatchOperation, epochSeconds, placeOf, requested } from './cloudwatch-api.ts';
import { alarmTypes, maxRecords, permitAlarms, typeOf } from './describe-alarms.ts';
import { pageOf } from './next-token.ts';

const request = z.strictObject({
  AlarmName: z.string().min(1).max(255).optional(),
  AlarmTypes: alarmTypes,
  AlarmContributorId: z.string().min(1).max(16).optional(),
  HistoryItemType: z
    .enum(['ConfigurationUpdate', 'StateUpdate', 'Action', 'AlarmContributorStateUpdate', 'AlarmContributorAction'])
    .optional(),
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
  contributor: 'AlarmContributorStateUpdate',
} as const;

const typeOfItem = (event: AlarmEvent): string =>
  event.kind === 'action' && event.contributor ? 'AlarmContributorAction' : itemTypes[event.kind];

const contributorOf = (event: AlarmEvent): Contributor | undefined =>
  event.kind === 'action' || event.kind === 'contributor' ? event.contributor : undefined;

/**
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_DescribeAlarmHistory.html
 * Items of contributors are returned with their type or id only, those of the alarm without (assumed).
 */
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
        isAsked(event, asked) && epochSeconds(event.at) >= asked.StartDate && epochSeconds(event.at) <= asked.EndDate,
    )
    .sort((one, other) => one.event.at - other.event.at);
  if (asked.ScanBy === 'TimestampDescending') found.reverse();
  const { items, next } = pageOf(found, { of: ['DescribeAlarmHistory', place, filters], size, token });
  return { AlarmHistoryItems: items.map(({ alarm, event }) => itemOf(alarm, event)), ...next };
};

function isAsked(
  event: AlarmEvent,
  { HistoryItemType: type, AlarmContributorId: id }: z.output<typeof request>,
): boolean {
  const contributor = contributorOf(event);
  if (id !== undefined && contributor?.id !== id) return false;
  return type === undefined ? (id !== undefined) === (contributor !== undefined) : type === typeOfItem(event);
}

function itemOf(alarm: Alarm, event: AlarmEvent): JsonObject {
  const contributor = contributorOf(event);
  return {
    AlarmName: alarm.name,
    AlarmType: typeOf(alarm),
    Timestamp: epochSeconds(event.at),
    HistoryItemType: typeOfItem(event),
    HistorySummary: summaryOf(alarm, event),
    HistoryData: JSON.stringify({ version: '1.0', ...dataOf(event) }),
    ...(contributor && {
      AlarmContributorId: contributor.id,
      AlarmContributorAttributes: { ...contributor.attributes },
    }),
  };
}

function summaryOf({ name }: Alarm, event: AlarmEvent): string {
  switch (event.kind) {
    case 'created':
      return `Alarm "${name}" created`;
    case 'changed':
      return `Alarm "${name}" updated`;
    case 'state':
      return `Alarm updated from ${event.from.value} to ${event.to.value}`;
    case 'contributor':
      return `Contributor state updated to ${event.to.value}`;
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
    case 'contributor':
      return { newState: stateOf(event.to) };
    case 'action':
      return { actionState: event.refused === undefined ? 'Succeeded' : 'Failed', notificationResource: event.action };
  }
}

const stateOf = ({ value, reason, reasonData }: StateUpdate): JsonObject => ({
  stateValue: value,
  stateReason: reason,
  ...(reasonData !== undefined && { stateReasonData: JSON.parse(reasonData) as JsonObject }),
});
