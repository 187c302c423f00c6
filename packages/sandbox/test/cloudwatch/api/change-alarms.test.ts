import { DeleteAlarmsCommand, DisableAlarmActionsCommand, EnableAlarmActionsCommand } from '@aws-sdk/client-cloudwatch';
import { expect, test } from 'vitest';
import type { TemplateResource } from '@crosswind/assembly/template';
import { account, errorOf, laboratory } from './laboratory.ts';

const alarm: TemplateResource = {
  Type: 'AWS::CloudWatch::Alarm',
  Properties: {
    AlarmName: 'tried',
    Namespace: 'Tried',
    MetricName: 'Count',
    Statistic: 'Sum',
    Period: 60,
    EvaluationPeriods: 1,
    Threshold: 1,
    ComparisonOperator: 'GreaterThanThreshold',
  },
};
const whole: TemplateResource = {
  Type: 'AWS::CloudWatch::CompositeAlarm',
  DependsOn: 'Alarm',
  Properties: { AlarmName: 'whole', AlarmRule: 'ALARM(tried)' },
};
const place = { account, region: 'us-east-1' };
const named = { AlarmNames: ['tried'] };

test('actions of an alarm are switched off and on', async () => {
  const { sandbox, client } = await laboratory({ Alarm: alarm });
  const isEnabled = () => sandbox.cloudWatch.alarms.get(place, 'tried')?.actionsEnabled;
  await client.send(new DisableAlarmActionsCommand(named));
  expect(isEnabled()).toBe(false);
  await client.send(new EnableAlarmActionsCommand(named));
  expect(isEnabled()).toBe(true);
});

test('an alarm is deleted; a name without one is no error', async () => {
  const { sandbox, client } = await laboratory({ Alarm: alarm });
  await client.send(new DeleteAlarmsCommand({ AlarmNames: ['tried', 'other'] }));
  expect([sandbox.cloudWatch.alarms.of(place), sandbox.observability.alarms]).toEqual([[], []]);
});

test('an alarm that a composite alarm names stays', async () => {
  const { client } = await laboratory({ Alarm: alarm, Whole: whole });
  expect((await errorOf(client.send(new DeleteAlarmsCommand(named)))).message).toContain('depending on it: whole');
});

test.each([DeleteAlarmsCommand, DisableAlarmActionsCommand, EnableAlarmActionsCommand])(
  'needs a permission on the alarm: %o',
  async (Command) => {
    const { sandbox, client } = await laboratory({ Alarm: alarm }, []);
    expect((await errorOf(client.send(new Command(named)))).name).toMatch(/AccessDenied/);
    expect(sandbox.cloudWatch.alarms.get(place, 'tried')?.actionsEnabled).toBe(true);
  },
);
