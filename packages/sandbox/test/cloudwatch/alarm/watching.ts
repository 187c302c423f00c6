import type { JsonObject } from '@crosswind/aws/json';
import { Alarms } from '../../../src/cloudwatch/alarm/alarms.ts';
import { metricCriteria } from '../../../src/cloudwatch/alarm/metric-criteria.ts';
import { parseRule } from '../../../src/cloudwatch/alarm/composite-rule.ts';
import { type Metric, minute } from '../../../src/cloudwatch/metric.ts';
import { Metrics } from '../../../src/cloudwatch/metrics.ts';
import { visible } from '../../../src/cloudwatch/visible-series.ts';
import type { ServiceEvent } from '../../../src/events/rules.ts';
import { Observability } from '../../../src/oam/observability.ts';
import type { Alarm, Watched } from '../../../src/cloudwatch/alarm/alarm.ts';

export const place = { account: '444444444444', region: 'us-east-1' };
/** 2026-01-02T03:00:00Z: minute 0 of the tests. */
export const midnight = 1_767_322_800_000;

export const topic = 'arn:aws:sns:us-east-1:444444444444:alerts';

/**
 * Alarms over one metric each, and what becomes of them, minute by minute.
 * @param eager evaluates every alarm every minute
 */
export function watching({ eager = false } = {}) {
  const metrics = new Metrics();
  const observability = new Observability();
  const told: string[] = [];
  const events: ServiceEvent[] = [];
  const views: number[] = [];
  const alarms = new Alarms({
    viewFrom: (from) => {
      views.push(now);
      return visible(metrics, observability, from);
    },
    takeChanged: () => metrics.takeChanged(),
    sharing: () => (eager ? [{}] : [observability.sinks, observability.links]),
    notify: ({ name }, topicArn, { to, contributor }) => {
      const who = contributor ? `${name} (${Object.values(contributor.attributes).join(' ')})` : name;
      told.push(`${topicArn.split(':').at(-1) ?? ''}: ${who} is ${to.value}`);
      return undefined;
    },
    send: (event) => events.push(event),
  });
  let now = 0;
  const add = (name: string, watched: Watched, rest: Partial<Alarm> = {}, how: 'add' | 'change' = 'add'): void => {
    const arn = `arn:aws:cloudwatch:us-east-1:444444444444:alarm:${name}`;
    const actions = { ALARM: [topic], OK: [], INSUFFICIENT_DATA: [] };
    const properties = {};
    const createdAt = midnight;
    alarms[how]({ ...place, name, arn, actionsEnabled: true, actions, watched, properties, createdAt, ...rest });
  };
  /** Adds an alarm, by default on the sum of the metric `Count`, at 1 and above in one minute. */
  const metricAlarm = (
    name: string,
    properties: JsonObject = {},
    rest: Partial<Alarm> = {},
    how: 'add' | 'change' = 'add',
  ): void => {
    const criteria = metricCriteria({ ...('Metrics' in properties ? {} : countMetric), ...atOne, ...properties });
    if (!criteria.ok) throw new Error(criteria.problems.join('\n'));
    add(name, { kind: 'metric', ...criteria.value }, rest, how);
  };
  const compositeAlarm = (name: string, rule: string): void => {
    add(name, { kind: 'composite', rule: parseRule(rule) });
  };
  /** Values of a metric, those of minute 0 first: `1 - 3`; `-` where there is none. */
  const put = (values: string, name = 'Count', owner = place.account, colour?: string): void => {
    const dimensions: Metric['dimensions'] = colour === undefined ? {} : { Colour: colour };
    for (const [index, value] of values.split(' ').entries()) {
      const metric = { namespace: 'Tried', name, dimensions };
      const from = { ...place, account: owner };
      if (value !== '-') metrics.put(from, metric, 'Count', Number(value), midnight + index * minute);
    }
  };
  /** Shows metrics of another account to that of the alarms. */
  const link = (account: string): void => {
    const sink = { ...place, arn: 'sink', name: 'sink', properties: {} };
    observability.sinks = [sink];
    const resourceTypes = ['AWS::CloudWatch::Metric'];
    const added = { arn: `link-${account}`, account, sinkArn: sink.arn, resourceTypes, properties: {} };
    observability.links = [...observability.links, added];
  };
  const unlink = (account: string): void => {
    observability.links = observability.links.filter((each) => each.account !== account);
  };
  const at = (after: number): number => midnight + after * minute;
  /** Evaluates the alarms after each of that many minutes, or those from a later one on. */
  const pass = (minutes: number, first = 1): void => {
    for (let after = first; after <= minutes; after += 1) {
      now = midnight + after * minute;
      alarms.evaluate(now);
    }
  };
  /** State changes of an alarm: `minute state`. */
  const became = (name: string): readonly string[] =>
    (alarms.get(place, name)?.history ?? []).flatMap((event) =>
      event.kind === 'state' ? [`${(event.at - midnight) / minute} ${event.to.value}`] : [],
    );
  const reasonsOf = (name: string): readonly string[] =>
    (alarms.get(place, name)?.history ?? []).flatMap((event) => (event.kind === 'state' ? [event.to.reason] : []));
  /** State changes of the contributors of an alarm: `minute attributes state`. */
  const contributorsOf = (name: string): readonly string[] =>
    (alarms.get(place, name)?.history ?? []).flatMap((event) =>
      event.kind === 'contributor'
        ? [
            `${(event.at - midnight) / minute} ${Object.values(event.contributor.attributes).join(' ')} ${event.to.value}`,
          ]
        : [],
    );
  /** Minutes at which any alarm was evaluated. */
  const evaluatedAt = (): readonly number[] => [...new Set(views.map((at) => (at - midnight) / minute))];
  const seen = { told, events, evaluatedAt, evaluations: () => views.length, became, reasonsOf, contributorsOf };
  return { alarms, metrics, observability, ...seen, link, unlink, minute: at, metricAlarm, compositeAlarm, put, pass };
}

export const countMetric = { Namespace: 'Tried', MetricName: 'Count', Statistic: 'Sum', Period: 60 } as const;

/** Fires at 1 and above in one period. */
export const atOne = {
  EvaluationPeriods: 1,
  Threshold: 1,
  ComparisonOperator: 'GreaterThanOrEqualToThreshold',
  TreatMissingData: 'notBreaching',
} as const;
