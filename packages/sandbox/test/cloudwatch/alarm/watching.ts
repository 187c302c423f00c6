import type { JsonObject } from '@crosswind/aws/json';
import { Alarms } from '../../../src/cloudwatch/alarm/alarms.ts';
import { metricCriteria } from '../../../src/cloudwatch/alarm/metric-criteria.ts';
import { parseRule } from '../../../src/cloudwatch/alarm/composite-rule.ts';
import { minute } from '../../../src/cloudwatch/metric.ts';
import { Metrics } from '../../../src/cloudwatch/metrics.ts';
import type { Alarm, Watched } from '../../../src/cloudwatch/alarm/alarm.ts';

const place = { account: '444444444444', region: 'us-east-1' };
/** 2026-01-02T03:00:00Z: minute 0 of the tests. */
export const midnight = 1_767_322_800_000;

export const topic = 'arn:aws:sns:us-east-1:444444444444:alerts';

/** Alarms over one metric each, and what becomes of them, minute by minute. */
export function watching() {
  const metrics = new Metrics();
  const told: string[] = [];
  const alarms = new Alarms({
    seriesFor:
      () =>
      ({ of }) =>
        of.kind === 'metric' ? metrics.series(place, of.metric) : undefined,
    notify: ({ name, state }, topicArn) => {
      told.push(`${topicArn.split(':').at(-1) ?? ''}: ${name} is ${state.value}`);
      return undefined;
    },
  });
  const add = (name: string, watched: Watched, rest: Partial<Alarm> = {}): void => {
    const arn = `arn:aws:cloudwatch:us-east-1:444444444444:alarm:${name}`;
    const actions = { ALARM: [topic], OK: [], INSUFFICIENT_DATA: [] };
    const properties = {};
    const createdAt = midnight;
    alarms.add({ ...place, name, arn, actionsEnabled: true, actions, watched, properties, createdAt, ...rest });
  };
  /** Adds an alarm, by default on the sum of the metric `Count`, at 1 and above in one minute. */
  const metricAlarm = (name: string, properties: JsonObject = {}, rest: Partial<Alarm> = {}): void => {
    const criteria = metricCriteria({ ...('Metrics' in properties ? {} : countMetric), ...atOne, ...properties });
    if (!criteria.ok) throw new Error(criteria.problems.join('\n'));
    add(name, { kind: 'metric', ...criteria.value }, rest);
  };
  const compositeAlarm = (name: string, rule: string): void => {
    add(name, { kind: 'composite', rule: parseRule(rule) });
  };
  /** Values of a metric, those of minute 0 first: `1 - 3`; `-` where there is none. */
  const put = (values: string, name = 'Count'): void => {
    for (const [index, value] of values.split(' ').entries()) {
      const metric = { namespace: 'Tried', name, dimensions: {} };
      if (value !== '-') metrics.put(place, metric, 'Count', Number(value), midnight + index * minute);
    }
  };
  /** Evaluates the alarms after each of that many minutes. */
  const pass = (minutes: number): void => {
    for (let after = 1; after <= minutes; after += 1) alarms.evaluate(midnight + after * minute);
  };
  /** State changes of an alarm: `minute state`. */
  const became = (name: string): readonly string[] =>
    (alarms.get(place, name)?.history ?? []).flatMap((event) =>
      event.kind === 'state' ? [`${(event.at - midnight) / minute} ${event.to.value}`] : [],
    );
  const reasonsOf = (name: string): readonly string[] =>
    (alarms.get(place, name)?.history ?? []).flatMap((event) => (event.kind === 'state' ? [event.to.reason] : []));
  return { alarms, metrics, told, metricAlarm, compositeAlarm, put, pass, became, reasonsOf };
}

export const countMetric = { Namespace: 'Tried', MetricName: 'Count', Statistic: 'Sum', Period: 60 } as const;

/** Fires at 1 and above in one period. */
export const atOne = {
  EvaluationPeriods: 1,
  Threshold: 1,
  ComparisonOperator: 'GreaterThanOrEqualToThreshold',
  TreatMissingData: 'notBreaching',
} as const;
