import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { isObject, listOf, objectOf, textOf } from '@crosswind/aws/json';
import { type DeployedPlatform, deployedPlatform } from './deployed-platform.ts';

const monitoring = '222222222222';
const workloads = ['333333333333', '444444444444', '555555555555', '666666666666'];

let platform: DeployedPlatform;
beforeAll(async () => {
  platform = await deployedPlatform();
});
afterAll(() => platform.close());

describe('the monitoring account of the sandbox', () => {
  test('has a link from every other account to its sink', () => {
    const { sinks, links } = platform.sandbox.observability;
    expect(sinks.map(({ account, region }) => [account, region])).toEqual([[monitoring, 'us-east-1']]);
    expect(links.map(({ account, sinkArn }) => [account, sinkArn])).toEqual(
      ['111111111111', ...workloads].map((account) => [account, sinks[0]?.arn]),
    );
  });

  test('has alarms whose metrics and topics are resolved', () => {
    const { alarms } = platform.sandbox.observability;
    expect(alarms).toHaveLength(33);
    expect(new Set(alarms.map(({ account }) => account))).toEqual(new Set([monitoring]));
    const metrics = alarms.flatMap(({ properties }) => listOf(properties['Metrics']).filter(isObject));
    const watched = metrics.flatMap(({ AccountId }) => (AccountId === undefined ? [] : [textOf(AccountId)]));
    expect([...new Set(watched)].sort()).toEqual(workloads);
    const dimensions = metrics
      .flatMap(({ MetricStat }) => listOf(objectOf(objectOf(MetricStat)['Metric'])['Dimensions']))
      .map((dimension) => textOf(objectOf(dimension)['Value']));
    const machines = platform.stacks.flatMap(({ resources }) =>
      resources.filter(({ type }) => type === 'AWS::StepFunctions::StateMachine').map(({ arn }) => arn),
    );
    const named = dimensions.filter((value) => value.startsWith('arn:'));
    expect(new Set(named).size).toBe(4);
    expect(named.filter((arn) => !machines.includes(arn))).toEqual([]);
    const topics = new Set(alarms.flatMap(({ properties }) => listOf(properties['AlarmActions']).map(textOf)));
    expect([...topics].sort()).toEqual(
      ['page', 'ticket'].map((name) => `arn:aws:sns:us-east-1:${monitoring}:crosswind-${name}`),
    );
    expect([...topics].filter((topic) => !platform.sandbox.topics.has(topic))).toEqual([]);
  });

  test('has dashboards without a token that nobody resolved', () => {
    const { dashboards } = platform.sandbox.observability;
    expect(dashboards.map(({ name }) => name).sort()).toEqual(['crosswind-fleet', 'crosswind-word-count']);
    const text = JSON.stringify(dashboards.map(({ properties }) => properties));
    expect(text).toContain('ApproximateOpenMapRunCount');
    expect(text).not.toMatch(/\$\{(?!LABEL\})|Fn::|"Ref"|Token\[/);
  });
});
