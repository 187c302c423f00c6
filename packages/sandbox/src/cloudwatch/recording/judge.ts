import { textOf } from '@crosswind/aws/json';
import { Observability } from '../../oam/observability.ts';
import type { AlarmEvent, Watched } from '../alarm/alarm.ts';
import { Alarms } from '../alarm/alarms.ts';
import { parseRule } from '../alarm/composite-rule.ts';
import { metricCriteria } from '../alarm/metric-criteria.ts';
import { newAlarmOf, ofItsKind } from '../alarm/new-alarm.ts';
import { minute } from '../metric.ts';
import { Metrics } from '../metrics.ts';
import { visible } from '../visible-series.ts';
import type { RecordedAlarm, RecordedMinute, Recording } from './recording.ts';

/** An alarm with what became of it over a recording. */
export interface JudgedAlarm extends RecordedAlarm {
  readonly history: readonly AlarmEvent[];
}

/**
 * Evaluates alarms over a recording, minute by minute, as a sandbox does. Nothing is simulated and no topic is notified.
 * @throws Error for an alarm that CloudWatch would refuse
 */
export function judge(
  { startedAt, metrics: recorded, minutes, lastMinute }: Recording,
  given: readonly RecordedAlarm[],
): readonly JudgedAlarm[] {
  const metrics = new Metrics();
  const observability = new Observability();
  const alarms = new Alarms({
    viewFrom: (place) => visible(metrics, observability, place),
    takeChanged: () => metrics.takeChanged(),
    sharing: () => [observability.sinks, observability.links],
    notify: () => undefined,
    send: () => undefined,
  });
  const fill = ({ values, sharing }: RecordedMinute): void => {
    for (const [index, place, value, count] of values) {
      const of = recorded[index];
      if (!of) throw new Error(`expected a metric at place ${index} of the recording, got none`);
      for (let put = 0; put < count; put += 1) metrics.put(of, of.metric, of.unit, value, startedAt + place * minute);
    }
    if (sharing) Object.assign(observability, sharing);
  };
  const waiting = [...given].sort((one, other) => one.createdAt - other.createdAt);
  let next = 0;
  for (let place = 1; place <= lastMinute; place += 1) {
    const at = startedAt + place * minute;
    while (waiting[0] && waiting[0].createdAt < at) {
      const [alarm] = waiting.splice(0, 1);
      if (alarm) alarms.add(newAlarmOf(alarm, watchedBy(alarm)));
    }
    const news = minutes[next];
    if (news?.minute === place) {
      fill(news);
      next += 1;
    }
    alarms.evaluate(at);
  }
  return given.map((alarm) => ({ ...alarm, history: alarms.get(alarm, alarm.name)?.history ?? [] }));
}

function watchedBy({ name, properties }: RecordedAlarm): Watched {
  const { AlarmRule: rule, ...own } = ofItsKind(properties);
  if (rule !== undefined) return { kind: 'composite', rule: parseRule(textOf(rule)) };
  const criteria = metricCriteria(own);
  if (criteria.ok) return { kind: 'metric', ...criteria.value };
  throw new Error(`alarm ${name}: ${criteria.problems.join('; ')}`);
}
