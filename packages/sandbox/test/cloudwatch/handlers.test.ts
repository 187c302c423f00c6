import { describe, expect, test } from 'vitest';
import type { JsonObject } from '@crosswind/aws/json';
import type { TemplateResource } from '@crosswind/assembly/template';
import type { LiteralStack } from '../../src/testing/literals.ts';
import { account } from '../cloudformation/refusals.ts';
import { handled, inHand, refusal } from '../handling.ts';

const place = { account, region: 'us-east-1' };
const alarm = (properties: JsonObject = {}): TemplateResource => ({
  Type: 'AWS::CloudWatch::Alarm',
  Properties: {
    AlarmName: 'tried',
    Namespace: 'Test',
    MetricName: 'Count',
    Statistic: 'Sum',
    Period: 60,
    EvaluationPeriods: 1,
    Threshold: 1,
    ComparisonOperator: 'GreaterThanThreshold',
    TreatMissingData: 'notBreaching',
    ...properties,
  },
});
const composite = (rule: string): TemplateResource => ({
  Type: 'AWS::CloudWatch::CompositeAlarm',
  Properties: { AlarmName: 'whole', AlarmRule: rule },
});
const only = (properties?: JsonObject): LiteralStack => ({ account, resources: { Alarm: alarm(properties) } });
const both = (rule = 'ALARM(tried)'): LiteralStack => ({
  account,
  resources: { Alarm: alarm(), Whole: { ...composite(rule), DependsOn: 'Alarm' } },
});

describe('an alarm', () => {
  test('keeps its state under another configuration', async () => {
    const { sandbox, update, read } = await handled(only(), 'Alarm');
    await sandbox.settle(3);
    const { state } = sandbox.cloudWatch.alarms.get(place, 'tried') ?? {};
    expect(state?.value).toBe('OK');
    await update(only({ Threshold: 5 }));
    const after = sandbox.cloudWatch.alarms.get(place, 'tried');
    expect(after?.state).toBe(state);
    expect(after?.history.at(-1)?.kind).toBe('changed');
    expect(read()).toMatchObject({ AlarmName: 'tried', Threshold: 5 });
  });

  test('is evaluated by its new configuration', async () => {
    const { sandbox, update } = await handled(only(), 'Alarm');
    await sandbox.settle(3);
    await update(only({ TreatMissingData: 'breaching' }));
    await sandbox.settle(3);
    expect(sandbox.cloudWatch.alarms.get(place, 'tried')?.state.value).toBe('ALARM');
  });

  test('stays as it is where an update is refused', async () => {
    const { update, read } = await handled(only(), 'Alarm');
    expect(await refusal(() => update(only({ AlarmActions: [`arn:aws:sns:us-east-1:${account}:none`] })))).toBe(
      `ValidationError: there is no topic arn:aws:sns:us-east-1:${account}:none in ${account}`,
    );
    expect(read()).not.toHaveProperty('AlarmActions');
  });

  test('is gone after its deletion, which may be repeated, and its name is free again', async () => {
    const { sandbox, create, remove, read, update } = await handled(only(), 'Alarm');
    expect(await refusal(create)).toBe('AlreadyExists: alarm tried already exists');
    await remove();
    await remove();
    expect(read()).toBeUndefined();
    expect(sandbox.observability.alarms).toEqual([]);
    expect(await refusal(() => update(only()))).toBe('ResourceNotFound: there is no alarm tried');
    expect(await refusal(create)).toBeUndefined();
  });

  test('cannot be deleted while a composite alarm names it', async () => {
    const { sandbox, remove } = await handled(both(), 'Alarm');
    expect(await refusal(remove)).toBe(
      'ValidationError: Cannot delete tried as there are composite alarm(s) depending on it: whole',
    );
    await inHand(sandbox, both(), 'Whole').update(both('FALSE'));
    expect(await refusal(remove)).toBeUndefined();
  });
});

test('a composite alarm follows its new rule', async () => {
  const { sandbox, update, read } = await handled(both(), 'Whole');
  await sandbox.settle(3);
  expect(sandbox.cloudWatch.alarms.get(place, 'whole')?.state.value).toBe('OK');
  await update(both('OK(tried)'));
  await sandbox.settle(3);
  expect(sandbox.cloudWatch.alarms.get(place, 'whole')?.state.value).toBe('ALARM');
  expect(read()).toMatchObject({ AlarmRule: 'OK(tried)' });
});

describe('a dashboard', () => {
  const fleet = (markdown: string): LiteralStack => ({
    account,
    resources: {
      Fleet: {
        Type: 'AWS::CloudWatch::Dashboard',
        Properties: {
          DashboardName: 'fleet',
          DashboardBody: JSON.stringify({ widgets: [{ type: 'text', properties: { markdown } }] }),
        },
      },
    },
  });

  test('is replaced in place and deleted', async () => {
    const { sandbox, update, remove, read } = await handled(fleet('one'), 'Fleet');
    await update(fleet('two'));
    expect(sandbox.observability.dashboards).toHaveLength(1);
    expect(JSON.stringify(read())).toContain('two');
    await remove();
    await remove();
    expect(read()).toBeUndefined();
  });
});
