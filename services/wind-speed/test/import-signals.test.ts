import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { stateMachinesOf } from '@crosswind/assembly/state-machines';
import { type JsonObject, listOf, objectOf, textOf } from '@crosswind/aws/json';
import { stackAt } from '../../../test/synthesized.ts';
import { synthesized } from './platform.ts';

interface Watched {
  readonly metric: string;
  readonly machine: string;
  readonly account: string;
  readonly description: string;
}

/** Metric, machine and account of an alarm on one metric. */
function watchedBy(properties: JsonObject): Watched {
  const [{ AccountId, MetricStat } = {}] = listOf(properties['Metrics']).map(objectOf);
  const metric = objectOf(objectOf(MetricStat)['Metric']);
  const [dimension] = listOf(metric['Dimensions']).map(objectOf);
  return {
    metric: textOf(metric['MetricName']),
    machine: textOf(dimension?.['Value']),
    account: textOf(AccountId),
    description: textOf(properties['AlarmDescription']),
  };
}

const alarms = () =>
  stackAt(synthesized().stacks, 'Crosswind/observability/Tenant-wind-speed')
    .resources.filter(({ type }) => type === 'AWS::CloudWatch::Alarm')
    .map(({ properties }) => watchedBy(properties))
    .filter(({ machine }) => machine.endsWith('-import'));

describe('the import', () => {
  test('has an alarm on its failures and one on its timeouts, in every wave', () => {
    expect(alarms().map(({ metric, account }) => `${metric} in ${account}`)).toEqual([
      'ExecutionsFailed in 444444444444',
      'ExecutionsTimedOut in 444444444444',
      'ExecutionsFailed in 666666666666',
      'ExecutionsTimedOut in 666666666666',
    ]);
  });

  test('is watched under the ARN that it has in its own account', () => {
    const deployed = synthesized()
      .stacks.flatMap(stateMachinesOf)
      .map(({ arn }) => arn);
    expect(alarms()).not.toEqual([]);
    expect(alarms().filter(({ machine }) => !deployed.includes(machine))).toEqual([]);
    expect(alarms().filter(({ machine, account }) => !machine.includes(`:${account}:`))).toEqual([]);
  });

  test('has a runbook for each, which the alarm names', () => {
    for (const { description } of alarms()) {
      const [, runbook] = /\/(services\/wind-speed\/runbooks\/[\w-]+\.md)$/.exec(description) ?? [];
      expect(runbook && existsSync(join(import.meta.dirname, '../../..', runbook))).toBe(true);
    }
    expect(alarms()[0]?.description).toMatch(
      /^\[ticket\] wind-child-dev: wind-speed child \(dev\): the import failed, .* Runbook: https:/,
    );
  });
});
