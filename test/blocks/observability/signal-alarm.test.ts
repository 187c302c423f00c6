import { Metric } from 'aws-cdk-lib/aws-cloudwatch';
import { describe, expect, test } from 'vitest';
import type { JsonObject } from '@crosswind/aws/json';
import { isObject, listOf, textOf } from '@crosswind/aws/json';
import { AlertTopics } from '../../../blocks/observability/alert-topics.ts';
import type { Signal } from '../../../blocks/observability/signal.ts';
import { fleetSignals } from '../../../blocks/observability/fleet-signals.ts';
import { runbookUrl } from '../../../blocks/observability/named-signal.ts';
import { SignalAlarm } from '../../../blocks/observability/signal-alarm.ts';
import { accountSignals } from '../../../blocks/observability/step-functions-signals.ts';
import { stackWith, synthesized } from '../../synthesized.ts';

const watched = { account: '333333333333', region: 'us-east-1' };
const signal: Signal = {
  id: 'tried',
  title: 'something happened',
  metric: new Metric({ namespace: 'Tried', metricName: 'Count', ...watched }),
  threshold: 7,
  periods: 4,
  missingData: 'fine',
  severity: 'page',
  runbook: 'tried-runbook',
};

/** The alarm of a signal, and the severities of the topics that it notifies. */
function alarmOf(given: Signal): { readonly properties: JsonObject; readonly tells: readonly string[] } {
  const { stack } = stackWith((scope) => {
    new AlertTopics(scope, 'Alerts', { subscribers: { page: [], ticket: [] } });
    new SignalAlarm(scope, 'Alarm', {
      ...{ signal: given, alarmName: 'crosswind-tried', place: 'word-child-dev', region: 'us-east-1' },
      runbookUrl: runbookUrl('https://github.com/someone/platform/blob/stable', given),
    });
  });
  const topics = stack.resources.filter(({ type }) => type === 'AWS::SNS::Topic');
  const alarm = stack.resources.find(({ type }) => type === 'AWS::CloudWatch::Alarm');
  const actions = listOf(alarm?.properties['AlarmActions']);
  return {
    properties: alarm?.properties ?? {},
    tells: topics.filter(({ arn = '' }) => actions.includes(arn)).map(({ path }) => path.split('/').at(-2) ?? ''),
  };
}

describe('an alarm', () => {
  test('fires at its threshold and above, after so many periods in a row', () => {
    expect(alarmOf(signal).properties).toMatchObject({
      Threshold: 7,
      EvaluationPeriods: 4,
      ComparisonOperator: 'GreaterThanOrEqualToThreshold',
    });
  });

  test('of a signal that fires below fires under its threshold, and not at it', () => {
    expect(alarmOf({ ...signal, fires: 'below' }).properties['ComparisonOperator']).toBe('LessThanThreshold');
  });

  test('has a name that stays', () => {
    expect(alarmOf(signal).properties['AlarmName']).toBe('crosswind-tried');
  });

  test('looks at days of a time zone where its signal says so, else at the time before each evaluation', () => {
    expect(alarmOf({ ...signal, calendar: 'Europe/Berlin' }).properties['EvaluationWindow']).toEqual({
      WallClockWindow: { Timezone: 'Europe/Berlin' },
    });
    expect(alarmOf(signal).properties['EvaluationWindow']).toBeUndefined();
  });

  test.each([
    ['page', 'Page'],
    ['ticket', 'Ticket'],
  ] as const)('of severity %s tells the topic %s alone', (severity, topic) => {
    expect(alarmOf({ ...signal, severity }).tells).toEqual([topic]);
  });

  test.each([
    ['fine', 'notBreaching'],
    ['bad', 'breaching'],
  ] as const)('for which no data is %s treats it as %s', (missingData, treatment) => {
    expect(alarmOf({ ...signal, missingData }).properties['TreatMissingData']).toBe(treatment);
  });

  test('says how bad it is, where, what happened, and which runbook to open', () => {
    expect(alarmOf(signal).properties['AlarmDescription']).toBe(
      '[page] word-child-dev: something happened. Runbook: https://github.com/someone/platform/blob/stable/docs/runbooks/tried-runbook.md',
    );
  });

  test.each(accountSignals(watched).map((each): [string, Signal] => [each.id, each]))(
    'reads the metrics of %s in the account that is watched',
    (_, given) => {
      const read = listOf(alarmOf(given).properties['Metrics'])
        .filter(isObject)
        .filter(({ MetricStat }) => MetricStat !== undefined);
      expect(read.length).toBeGreaterThan(0);
      expect(new Set(read.map(({ AccountId }) => AccountId))).toEqual(new Set([watched.account]));
    },
  );

  test('is not made of a metric of another region, which CloudWatch could not read', () => {
    const elsewhere = new Metric({ namespace: 'Tried', metricName: 'Count', ...watched, region: 'eu-west-1' });
    expect(() => alarmOf({ ...signal, metric: elsewhere })).toThrow(/eu-west-1/);
  });
});

describe('every alarm of the platform', () => {
  const alarms = synthesized()
    .stacks.flatMap(({ resources }) => resources)
    .filter(({ type }) => type === 'AWS::CloudWatch::Alarm');

  test('is called after what it watches: three for each account, three for each workflow, nine for all', () => {
    const accounts = ['word-child-dev', 'word-child-prod', 'word-parent-dev', 'word-parent-prod'].map(
      (account) => `word-count-${account}`,
    );
    const machines = ['dev-child', 'dev-parent', 'prod-child', 'prod-parent'].map((id) => `word-count-${id}`);
    const names = (owners: readonly string[], ids: readonly string[]) =>
      owners.flatMap((owner) => ids.map((id) => `crosswind-${owner}-${id}`));
    expect(alarms.map(({ name }) => name).sort()).toEqual(
      [
        ...names(accounts, ['lambda-concurrency', 'silent', 'transitions-used']),
        ...names(machines, ['aborted', 'failed', 'timed-out']),
        ...names(
          ['fleet'],
          fleetSignals.map(({ id }) => id),
        ),
      ].sort(),
    );
  });

  test('names the account that it watches as people call it', () => {
    const names: Readonly<Record<string, string>> = {
      '333333333333': 'word-parent-dev',
      '444444444444': 'word-child-dev',
      '555555555555': 'word-parent-prod',
      '666666666666': 'word-child-prod',
    };
    const wrong = alarms.filter(({ properties }) => {
      const accounts = listOf(properties['Metrics'])
        .filter(isObject)
        .flatMap(({ AccountId }) => (AccountId === undefined ? [] : [textOf(AccountId)]));
      const [account, ...others] = new Set(accounts);
      if (account === undefined) return !textOf(properties['AlarmDescription']).includes('] fleet: ');
      return others.length > 0 || !textOf(properties['AlarmDescription']).includes(`] ${names[account] ?? '?'}: `);
    });
    expect(wrong).toEqual([]);
  });

  test('links to a runbook in the repository of platform.yaml', () => {
    const links = alarms.map(
      ({ properties }) => /Runbook: (.*)\/[\w-]+\.md$/.exec(textOf(properties['AlarmDescription']))?.[1],
    );
    expect(new Set(links)).toEqual(new Set(['https://github.com/example-org/platform/blob/main/docs/runbooks']));
  });
});
