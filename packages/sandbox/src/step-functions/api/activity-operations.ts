import { z } from 'zod';
import type { AwsJsonCall } from '../../aws-json/aws-json-service.ts';
import { permit } from '../../aws-json/permit.ts';
import type { JsonObject } from '@crosswind/aws/json';
import type { Activity } from '../runtime/activities.ts';
import { activityFor } from './named-resources.ts';
import { pageOf } from './page.ts';
import { arn, maxResults, nextToken } from './request-fields.ts';
import { requested } from './requested.ts';
import { type StatesApi, type StatesOperation, epochSeconds } from './states-api.ts';

const listRequest = z.object({ maxResults, nextToken });
const describeRequest = z.object({ activityArn: arn });
const taskRequest = z.object({ activityArn: arn, workerName: z.string().min(1).max(80).optional() });

/** https://docs.aws.amazon.com/step-functions/latest/apireference/API_ListActivities.html */
export const listActivities: StatesOperation = (api, call) => {
  const page = requested(listRequest, call.body);
  permit(api.authorize, call, 'states:ListActivities', '*');
  const { region, principal } = call;
  const activities = api.activities.of(principal.account, region);
  const { items, next } = pageOf(activities, { ...page, of: ['ListActivities', principal.account, region] });
  return { activities: items.map(summary), ...next };
};

/** https://docs.aws.amazon.com/step-functions/latest/apireference/API_DescribeActivity.html */
export const describeActivity: StatesOperation = (api, call) => {
  const { activityArn } = requested(describeRequest, call.body);
  return summary(activityFor(api, call, 'states:DescribeActivity', activityArn));
};

/**
 * https://docs.aws.amazon.com/step-functions/latest/apireference/API_GetActivityTask.html
 * Answers when there is a task, or after a minute without one.
 */
export async function getActivityTask(api: StatesApi, call: AwsJsonCall): Promise<JsonObject> {
  const { activityArn, workerName } = requested(taskRequest, call.body);
  const activity = activityFor(api, call, 'states:GetActivityTask', activityArn);
  const task = await api.activities.poll(activity.arn, workerName, call.hungUp);
  return task ? { taskToken: task.token, input: task.input } : { taskToken: null };
}

const summary = ({ arn: activityArn, name, createdAt }: Activity): JsonObject => ({
  activityArn,
  name,
  creationDate: epochSeconds(createdAt),
});
