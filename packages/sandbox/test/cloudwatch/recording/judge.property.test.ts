import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { JsonObject } from '@crosswind/aws/json';
import { Simulation } from '@crosswind/workflow/clock/simulation';
import type { AlarmEvent } from '../../../src/cloudwatch/alarm/alarm.ts';
import { newAlarmOf, ofItsKind } from '../../../src/cloudwatch/alarm/new-alarm.ts';
import { metricCriteria } from '../../../src/cloudwatch/alarm/metric-criteria.ts';
import { CloudWatch, type CloudWatchPorts } from '../../../src/cloudwatch/cloudwatch.ts';
import { minute } from '../../../src/cloudwatch/metric.ts';
import { judge } from '../../../src/cloudwatch/recording/judge.ts';
import type { RecordedAlarm, Recording } from '../../../src/cloudwatch/recording/recording.ts';
import { Observability } from '../../../src/oam/observability.ts';
import { GrantedQuotas } from '../../../src/quotas/granted-quotas.ts';

const region = 'us-east-1';
const monitoring = '222222222222';
const accounts = ['333333333333', '444444444444'] as const;
/** Not a full minute. */
const startAt = Date.parse('2026-01-05T00:00:13Z');
const sinkArn = `arn:aws:oam:${region}:${monitoring}:sink/one`;

const linkOf = (account: string) => ({
  arn: `arn:aws:oam:${region}:${account}:link/one`,
  ...{ account, sinkArn, resourceTypes: ['AWS::CloudWatch::Metric'], properties: {} },
});

const metricOf = (account: string) => ({
  Id: 'm',
  AccountId: account,
  MetricStat: { Metric: { Namespace: 'Own', MetricName: 'Errors' }, Period: 60, Stat: 'Sum' },
});

const common = { Threshold: 3, ComparisonOperator: 'GreaterThanOrEqualToThreshold', EvaluationPeriods: 2 };

/** Alarms of every kind that the platform has. */
const definitions: readonly JsonObject[] = [
  { ...common, Metrics: [metricOf(accounts[0])] },
  { ...common, Metrics: [metricOf(accounts[1])], TreatMissingData: 'notBreaching', DatapointsToAlarm: 1 },
  {
    ...common,
    Metrics: [{ ...metricOf(accounts[0]), MetricStat: { ...metricOf(accounts[0]).MetricStat, Period: 300 } }],
    Threshold: 1,
    ComparisonOperator: 'LessThanThreshold',
    TreatMissingData: 'breaching',
    EvaluationWindow: { WallClockWindow: { Timezone: 'UTC' } },
    WarmUpConfiguration: { WarmUpPeriodDurationInMinutes: 15 },
  },
  {
    ...common,
    Metrics: [
      { ...metricOf(accounts[0]), ReturnData: false },
      { Id: 'e', Expression: '100 * m / 4', ReturnData: true },
    ],
    TreatMissingData: 'notBreaching',
  },
  {
    ...common,
    Metrics: [
      {
        Id: 'q',
        Period: 60,
        Expression: 'SELECT SUM(Errors) FROM SCHEMA("Own") GROUP BY AWS.AccountId ORDER BY SUM() DESC',
      },
    ],
    TreatMissingData: 'notBreaching',
  },
];

type Step =
  | { readonly kind: 'put'; readonly account: string; readonly value: number; readonly age: number }
  | { readonly kind: 'pass'; readonly seconds: number }
  | { readonly kind: 'deploy'; readonly alarm: number }
  | { readonly kind: 'link' | 'cut'; readonly account: string };

const account = fc.constantFrom(...accounts);
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant('put' as const),
      account,
      value: fc.integer({ min: 0, max: 5 }),
      age: fc.nat(400),
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({ kind: fc.constant('pass' as const), seconds: fc.integer({ min: 1, max: 900 }) }),
  },
  fc.record({ kind: fc.constant('deploy' as const), alarm: fc.nat(definitions.length - 1) }),
  fc.record({ kind: fc.constantFrom('link' as const, 'cut' as const), account }),
);

interface Live {
  readonly recording: Recording;
  readonly alarms: readonly RecordedAlarm[];
  readonly histories: readonly (readonly AlarmEvent[])[];
}

/** Plays steps with live alarms. */
async function played(steps: readonly Step[]): Promise<Live> {
  const simulation = new Simulation(startAt);
  const observability = new Observability();
  observability.sinks = [{ arn: sinkArn, name: 'one', account: monitoring, region, properties: {} }];
  const nobody = { send: () => undefined } as unknown as CloudWatchPorts['rules'];
  const ports = { simulation, observability, rules: nobody, quotasOf: new GrantedQuotas().of };
  const cloudWatch = new CloudWatch(ports as unknown as CloudWatchPorts);
  const recorded = cloudWatch.record();
  for (const each of steps) {
    const now = simulation.now();
    if (each.kind === 'put') {
      const metric = { namespace: 'Own', name: 'Errors', dimensions: {} };
      cloudWatch.metrics.put({ account: each.account, region }, metric, 'Count', each.value, now - each.age * 1_000);
    } else if (each.kind === 'pass') await simulation.elapse(each.seconds * 1_000);
    else if (each.kind === 'deploy') deploy(cloudWatch, each.alarm, now);
    else {
      const others = observability.links.filter((link) => link.account !== each.account);
      observability.links = each.kind === 'link' ? [...others, linkOf(each.account)] : others;
    }
  }
  await simulation.elapse(20 * minute);
  const { all } = cloudWatch.alarms;
  return {
    recording: recorded(),
    alarms: all.map(({ name, arn, account: owner, region: at, properties, createdAt }) => ({
      ...{ name, arn, account: owner, region: at, properties, createdAt },
    })),
    histories: all.map(({ history }) => history),
  };
}

/** Deploys an alarm, once. */
function deploy({ alarms }: CloudWatch, index: number, createdAt: number): void {
  const name = `alarm-${index}`;
  const place = { account: monitoring, region };
  const properties = definitions[index] ?? {};
  const criteria = metricCriteria(ofItsKind(properties));
  if (!criteria.ok) throw new Error(criteria.problems.join('; '));
  if (alarms.get(place, name)) return;
  const arn = `arn:aws:cloudwatch:${region}:${monitoring}:alarm:${name}`;
  alarms.add(newAlarmOf({ name, arn, ...place, properties, createdAt }, { kind: 'metric', ...criteria.value }));
}

test('alarms judged over a recording have the history that they had live', async () => {
  let changes = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 10, maxLength: 60, size: 'max' }), async (steps) => {
      const { recording, alarms, histories } = await played(steps);
      const judged = judge(JSON.parse(JSON.stringify(recording)) as Recording, alarms);
      expect(judged.map(({ history }) => history)).toEqual(histories);
      changes += histories.flat().filter(({ kind }) => kind === 'state').length;
    }),
  );
  expect(changes).toBeGreaterThan(100);
});

test('an alarm with another threshold has another history', async () => {
  const put: Step = { kind: 'put', account: accounts[0], value: 3, age: 0 };
  const deployed: Step = { kind: 'deploy', alarm: 0 };
  const linked: Step = { kind: 'link', account: accounts[0] };
  const pass: Step = { kind: 'pass', seconds: 60 };
  const { recording, alarms } = await played([linked, deployed, put, pass, put, pass, put, pass]);
  const statesOf = (given: readonly RecordedAlarm[]): readonly string[] =>
    judge(recording, given).flatMap(({ history }) =>
      history.flatMap((event) => (event.kind === 'state' ? event.to.value : [])),
    );
  expect(statesOf(alarms)).toContain('ALARM');
  const changed = alarms.map((alarm) => ({ ...alarm, properties: { ...alarm.properties, Threshold: 4 } }));
  expect(statesOf(changed)).not.toContain('ALARM');
});

test('an alarm that CloudWatch would refuse is refused', async () => {
  const { recording, alarms } = await played([{ kind: 'deploy', alarm: 0 }]);
  const wrong = alarms.map((alarm) => ({ ...alarm, properties: { ...alarm.properties, EvaluationPeriods: 0 } }));
  expect(() => judge(recording, wrong)).toThrow(/^alarm alarm-0: /);
});
