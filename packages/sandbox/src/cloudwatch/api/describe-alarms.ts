import { z } from 'zod';
import type { JsonObject } from '@crosswind/aws/json';
import { partitionOf } from '@crosswind/aws/partition';
import type { AwsJsonCall } from '../../aws-json/aws-json-service.ts';
import { permit } from '../../aws-json/permit.ts';
import type { Alarm } from '../alarm/alarm.ts';
import { alarmStates } from '../alarm/alarm-state.ts';
import { type CloudWatchOperation, cloudWatchError, epochSeconds, placeOf, requested } from './cloudwatch-api.ts';
import { pageOf } from './next-token.ts';

export const alarmTypes = z.array(z.enum(['CompositeAlarm', 'MetricAlarm'])).default(['MetricAlarm']);
export const maxRecords = z.number().int().min(1).max(100).default(50);

const request = z.strictObject({
  AlarmNames: z.array(z.string().min(1).max(255)).max(100).optional(),
  AlarmNamePrefix: z.string().min(1).max(255).optional(),
  AlarmTypes: alarmTypes,
  StateValue: z.enum(alarmStates).optional(),
  ActionPrefix: z.string().min(1).max(1_024).default(''),
  MaxRecords: maxRecords,
  NextToken: z.string().optional(),
});

/**
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_DescribeAlarms.html
 * Returns composite alarms only if the caller asks for them.
 */
export const describeAlarms: CloudWatchOperation = (api, call) => {
  const asked = requested(request, call.body);
  permitAlarms(api.authorize, call, 'cloudwatch:DescribeAlarms');
  const { AlarmNames: names, AlarmNamePrefix: prefix, ActionPrefix: action, AlarmTypes: types } = asked;
  if (names && prefix !== undefined) {
    throw cloudWatchError('ValidationException', 'AlarmNames and AlarmNamePrefix must not both be given');
  }
  const { MaxRecords: size, NextToken: token, ...filters } = asked;
  const place = placeOf(call);
  const found = api.cloudWatch.alarms.of(place).filter(
    (alarm) =>
      (names?.includes(alarm.name) ?? true) &&
      alarm.name.startsWith(prefix ?? '') &&
      types.includes(typeOf(alarm)) &&
      (asked.StateValue ?? alarm.state.value) === alarm.state.value &&
      (action === '' ||
        Object.values(alarm.actions)
          .flat()
          .some((told) => told.startsWith(action))),
  );
  const { items, next } = pageOf(found, { of: ['DescribeAlarms', place, filters], size, token });
  const described = (type: ReturnType<typeof typeOf>): readonly JsonObject[] =>
    items.filter((alarm) => typeOf(alarm) === type).map(describe);
  return {
    MetricAlarms: [...described('MetricAlarm')],
    CompositeAlarms: [...described('CompositeAlarm')],
    ...next,
  };
};

export const typeOf = ({ watched }: Alarm): 'MetricAlarm' | 'CompositeAlarm' =>
  watched.kind === 'metric' ? 'MetricAlarm' : 'CompositeAlarm';

/** Alarms are listed with a permission on all of them, or on the one that the caller names. */
export function permitAlarms(
  authorize: Parameters<typeof permit>[0],
  call: AwsJsonCall,
  action: string,
  name = '*',
): void {
  const { account, region } = placeOf(call);
  permit(authorize, call, action, `arn:${partitionOf(region)}:cloudwatch:${region}:${account}:alarm:${name}`);
}

/** The alarm as it was deployed, whose properties have the names that the API has, and its state. */
function describe({
  name,
  arn,
  description,
  actionsEnabled,
  actions,
  properties,
  state,
  isPartial,
  createdAt,
}: Alarm): JsonObject {
  const watching = Object.fromEntries(Object.entries(properties).filter(([property]) => property !== 'Tags'));
  return {
    ...watching,
    AlarmName: name,
    AlarmArn: arn,
    ...(description !== undefined && { AlarmDescription: description }),
    ActionsEnabled: actionsEnabled,
    OKActions: [...actions.OK],
    AlarmActions: [...actions.ALARM],
    InsufficientDataActions: [...actions.INSUFFICIENT_DATA],
    AlarmConfigurationUpdatedTimestamp: epochSeconds(createdAt),
    StateValue: state.value,
    StateReason: state.reason,
    ...(state.reasonData !== undefined && { StateReasonData: state.reasonData }),
    ...(isPartial && { EvaluationState: 'PARTIAL_DATA' }),
    StateUpdatedTimestamp: epochSeconds(state.at),
    StateTransitionedTimestamp: epochSeconds(state.at),
  };
}
