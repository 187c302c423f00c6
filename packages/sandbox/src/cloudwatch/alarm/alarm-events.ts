import { type JsonObject, textOf } from '@crosswind/aws/json';
import type { ServiceEvent } from '../../events/rules.ts';
import type { MetricQuery } from '../metric-query.ts';
import type { Alarm } from './alarm.ts';
import type { StateUpdate } from './alarm-state.ts';
import type { Contributor } from './contributor.ts';
import { timestamp } from './reason.ts';

/**
 * The event of an alarm's new state, or of the one that it evaluates on partial data (CloudWatch User Guide, "Alarm events
 * and EventBridge").
 */
export const stateEvent = (alarm: Alarm, previous: StateUpdate): ServiceEvent =>
  eventOf(alarm, 'CloudWatch Alarm State Change', alarm.state.at, {
    state: { ...stateOf(alarm.state), ...(alarm.isPartial && { evaluationState: 'PARTIAL_DATA' }) },
    previousState: stateOf(previous),
  });

/** The event of a contributor's new state; it has no previous one. */
export const contributorEvent = (alarm: Alarm, { id, attributes }: Contributor, to: StateUpdate): ServiceEvent =>
  eventOf(alarm, 'CloudWatch Alarm Contributor State Change', to.at, {
    alarmContributor: { id, attributes: { ...attributes } },
    state: stateOf(to),
  });

function eventOf(alarm: Alarm, detailType: string, at: number, what: JsonObject): ServiceEvent {
  const { name, arn, account, region } = alarm;
  const detail = { alarmName: name, ...what, configuration: configurationOf(alarm) };
  return { source: 'aws.cloudwatch', detailType, account, region, resources: [arn], at, detail };
}

const stateOf = ({ value, reason, reasonData, at }: StateUpdate): JsonObject => ({
  value,
  reason,
  ...(reasonData !== undefined && { reasonData }),
  timestamp: timestamp(at),
});

function configurationOf({ watched, description, properties }: Alarm): JsonObject {
  const what: JsonObject =
    watched.kind === 'metric'
      ? { metrics: watched.queries.map(metricOf) }
      : { alarmRule: textOf(properties['AlarmRule'] ?? '') };
  return { ...what, ...(description !== undefined && { description }) };
}

/** A metric of an alarm, with the fields of `Metrics` in small letters. */
function metricOf({ id, of, label, account, returned, periodSeconds }: MetricQuery): JsonObject {
  const rest = {
    ...(label !== undefined && { label }),
    ...(account !== undefined && { accountId: account }),
    returnData: returned,
  };
  if (of.kind !== 'metric') {
    return { id, expression: of.text, ...rest, ...(periodSeconds !== undefined && { period: periodSeconds }) };
  }
  const { namespace, name, dimensions } = of.metric;
  const metricStat = {
    metric: { namespace, name, dimensions: { ...dimensions } },
    period: periodSeconds ?? 60,
    stat: of.statistic,
    ...(of.unit !== undefined && { unit: of.unit }),
  };
  return { id, metricStat, ...rest };
}
