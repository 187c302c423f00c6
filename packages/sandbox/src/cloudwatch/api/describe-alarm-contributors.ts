import { z } from 'zod';
import { type CloudWatchOperation, cloudWatchError, epochSeconds, placeOf, requested } from './cloudwatch-api.ts';
import { permitAlarms } from './describe-alarms.ts';
import { pageOf } from './next-token.ts';

const request = z.strictObject({ AlarmName: z.string().min(1).max(255), NextToken: z.string().optional() });

/** Contributors on a page: as many as an alarm can have in ALARM (AWS does not document it). */
const size = 100;

/**
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_DescribeAlarmContributors.html
 * The time series of an alarm that are in ALARM; none for an alarm that does not group a query (assumed).
 */
export const describeAlarmContributors: CloudWatchOperation = (api, call) => {
  const { AlarmName: name, NextToken: token } = requested(request, call.body);
  permitAlarms(api.authorize, call, 'cloudwatch:DescribeAlarmContributors', name);
  const place = placeOf(call);
  const alarm = api.cloudWatch.alarms.get(place, name);
  if (!alarm) throw cloudWatchError('ResourceNotFoundException', `Alarm ${name} does not exist`);
  const of = ['DescribeAlarmContributors', place, name];
  const { items, next } = pageOf([...alarm.contributors.values()], { of, size, token });
  const AlarmContributors = items.map(({ id, attributes, state }) => ({
    ContributorId: id,
    ContributorAttributes: { ...attributes },
    StateReason: state.reason,
    StateTransitionedTimestamp: epochSeconds(state.at),
  }));
  return { AlarmContributors, ...next };
};
