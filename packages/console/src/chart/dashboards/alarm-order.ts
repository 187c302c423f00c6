import { type AlarmModel, byUrgency } from '../../models/alarms.ts';
import type { BodyJson } from '../../models/dashboards.ts';
import { sinceOf } from '../alarms/alarm-words.ts';

/**
 * Alarms in the order that the `sortBy` of a widget names, and by name without one.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/CloudWatch-Dashboard-Body-Structure.html
 */
export function inOrder(alarms: readonly AlarmModel[], sortBy: BodyJson | undefined): readonly AlarmModel[] {
  const byName = [...alarms].sort((one, other) => (one.name < other.name ? -1 : 1));
  if (sortBy === 'stateUpdatedTimestamp') return byUrgency(byName);
  if (sortBy === 'timestamp') return byName.sort((one, other) => sinceOf(other).at - sinceOf(one).at);
  return byName;
}
