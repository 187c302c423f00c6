import { z } from 'zod';
import { partitionOf } from '@crosswind/aws/partition';
import { type JsonObject, without } from '@crosswind/aws/json';
import type { AwsJsonCall } from '../../aws-json/aws-json-service.ts';
import { permit } from '../../aws-json/permit.ts';
import { deleteLive, livePropertiesOf, type LiveResource, putLive } from '../../live-change.ts';
import { type CloudWatchOperation, cloudWatchError, placeOf, requested } from './cloudwatch-api.ts';
import { permitAlarms } from './describe-alarms.ts';

const named = z.looseObject({ AlarmName: z.string().min(1).max(255) });

/**
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricAlarm.html
 * The fields have the names of a template. What a request leaves out is gone, but for the tags.
 */
export const putMetricAlarm: CloudWatchOperation = async (api, call) => {
  const { AlarmName: name } = requested(named, call.body);
  permitAlarms(api.authorize, call, 'cloudwatch:PutMetricAlarm', name);
  const place = placeOf(call);
  const arn = `arn:${partitionOf(place.region)}:cloudwatch:${place.region}:${place.account}:alarm:${name}`;
  const alarm = { ...place, type: 'AWS::CloudWatch::Alarm', name, arn };
  const { Tags: tags } = livePropertiesOf(api.metricAlarms, alarm) ?? call.body;
  const properties = without(call.body, 'Tags');
  await putLive(api.metricAlarms, alarm, tags === undefined ? properties : { ...properties, Tags: tags });
  return {};
};

const dashboard = z.object({ DashboardName: z.string().min(1).max(255), DashboardBody: z.string() });
const dashboardNames = z.object({ DashboardNames: z.array(z.string().min(1).max(255)) });

/** https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutDashboard.html */
export const putDashboard: CloudWatchOperation = async (api, call) => {
  const { DashboardName: name, DashboardBody: body } = requested(dashboard, call.body);
  const of = dashboardOf(call, name);
  permit(api.authorize, call, 'cloudwatch:PutDashboard', of.arn);
  await putLive(api.dashboards, of, { DashboardName: name, DashboardBody: body });
  return { DashboardValidationMessages: [] };
};

/** https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_DeleteDashboards.html */
export const deleteDashboards: CloudWatchOperation = async (api, call): Promise<JsonObject> => {
  const { DashboardNames: names } = requested(dashboardNames, call.body);
  const all = names.map((name) => dashboardOf(call, name));
  for (const { arn } of all) permit(api.authorize, call, 'cloudwatch:DeleteDashboards', arn);
  const missing = all.find((of) => !livePropertiesOf(api.dashboards, of));
  if (missing) throw cloudWatchError('DashboardNotFoundError', `Dashboard ${missing.name} does not exist`);
  for (const of of all) await deleteLive(api.dashboards, of);
  return {};
};

function dashboardOf(call: AwsJsonCall, name: string): LiveResource {
  const place = placeOf(call);
  const arn = `arn:${partitionOf(place.region)}:cloudwatch::${place.account}:dashboard/${name}`;
  return { ...place, type: 'AWS::CloudWatch::Dashboard', name, arn };
}
