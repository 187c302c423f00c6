import { z } from 'zod';
import type { JsonObject } from '@crosswind/aws/json';
import type { AwsJsonCall } from '../../aws-json/aws-json-service.ts';
import { dependingOn, deleteAlarm } from '../alarm-handler.ts';
import { type CloudWatchApi, type CloudWatchOperation, cloudWatchError, placeOf, requested } from './cloudwatch-api.ts';
import { permitAlarms } from './describe-alarms.ts';

const request = z.strictObject({ AlarmNames: z.array(z.string().min(1).max(255)).max(100) });

/**
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_DeleteAlarms.html
 * Names without an alarm are no error.
 */
export const deleteAlarms: CloudWatchOperation = (api, call) => {
  const names = namesIn(api, call, 'cloudwatch:DeleteAlarms');
  const place = placeOf(call);
  const problem = names
    .map((name) => dependingOn(api.cloudWatch.alarms, name, place))
    .find((each) => each !== undefined);
  if (problem !== undefined) throw cloudWatchError('ValidationException', problem);
  for (const name of names) deleteAlarm(api.cloudWatch.alarms, api.observability, name, place);
  return {};
};

/** https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_DisableAlarmActions.html */
export const disableAlarmActions: CloudWatchOperation = (api, call) =>
  switchActions(api, call, 'cloudwatch:DisableAlarmActions', false);

/** https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_EnableAlarmActions.html */
export const enableAlarmActions: CloudWatchOperation = (api, call) =>
  switchActions(api, call, 'cloudwatch:EnableAlarmActions', true);

function switchActions(api: CloudWatchApi, call: AwsJsonCall, action: string, actionsEnabled: boolean): JsonObject {
  for (const name of namesIn(api, call, action)) {
    api.cloudWatch.alarms.switchActions(placeOf(call), name, actionsEnabled);
  }
  return {};
}

/** The alarms that a request names, if the caller may take the action on each. */
function namesIn({ authorize }: CloudWatchApi, call: AwsJsonCall, action: string): readonly string[] {
  const { AlarmNames: names } = requested(request, call.body);
  for (const name of names) permitAlarms(authorize, call, action, name);
  return names;
}
